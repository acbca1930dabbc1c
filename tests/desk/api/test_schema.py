"""Every route against its own schema: no answer of 5xx, and nothing invalid is taken."""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUntypedFunctionDecorator=false, reportUnknownArgumentType=false
# (schemathesis leaves the types of its cases open)
import re
from typing import Any

import schemathesis
from hypothesis import HealthCheck, Phase, settings
from schemathesis import Case, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_schema_conformance,
    status_code_conformance,
)

from panel.desk.api.docs import schema_of
from panel.desk.views import ROUTERS
from tests.desk.api.conftest import Api

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
    negative_data_rejection,
]
told = schema_of(ROUTERS)
del told["security"]  # every case carries a token that holds
schema = schemathesis.openapi.from_dict(told)
schema.config.generation.update(modes=list(GenerationMode))
REFUSED = ["400", "403", "404", "412", "415", "422", "428"]
schema.config.checks.negative_data_rejection.expected_statuses = REFUSED


@schema.parametrize()
@settings(
    max_examples=8,
    deadline=None,
    database=None,
    derandomize=True,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_a_route_keeps_to_its_schema(case: Case[Any], api: Api) -> None:
    own = {"run": api.ref.run, "slug": api.ref.slug, "conflict": "C1"}
    for name in case.path_parameters or {}:
        case.path_parameters[name] = own.get(name, "0" * 32)
    version = len(api.desk.context.store.revisions(api.ref.run, api.ref.slug))
    if re.fullmatch(r'"[0-9]+"', str((case.headers or {}).get("If-Match", ""))):
        case.headers["If-Match"] = f'"{version}"'
    answer = case.call(base_url=api.desk.address, headers={"authorization": api.bearer})
    case.validate_response(answer, checks=CHECKS)
