"""USD as whole nano-USD, so that both databases add them up exactly."""

from decimal import ROUND_CEILING, ROUND_HALF_EVEN, Decimal

from panel.domain.exchange import Exchange

_PLACES = 9
_MOST = 2**63 - 1
"""The largest BIGINT, which is over nine billion USD."""

FREE_FAULTS = frozenset({"connect", "expired", "abandoned", "given-up"})
"""Faults of tries that no provider worked on: never sent, or given back undone."""


def nano(usd: Decimal) -> int:
    """USD in nano-USD, rounded half to even.

    Args:
        usd: An amount, not negative.
    """
    return min(int(usd.scaleb(_PLACES).to_integral_value(ROUND_HALF_EVEN)), _MOST)


def nano_bound(usd: Decimal) -> int:
    """USD in nano-USD, rounded up: what may be spent is never less than what is.

    Args:
        usd: An amount, not negative.
    """
    return min(int(usd.scaleb(_PLACES).to_integral_value(ROUND_CEILING)), _MOST)


def dollars(nanos: int | Decimal | None) -> Decimal:
    """Nano-USD in USD; no rows add up to None, which is 0.

    Args:
        nanos: What the database holds, or the sum it made.
    """
    return Decimal(int(nanos or 0)).scaleb(-_PLACES)


def surely_free(exchange: Exchange) -> bool:
    """Whether the provider has billed nothing for a try, whatever its price.

    Args:
        exchange: How the try ended.
    """
    if exchange.status is None:
        return exchange.fault in FREE_FAULTS
    return not exchange.succeeded
