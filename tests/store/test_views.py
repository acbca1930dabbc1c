"""Named questions to the queue belong to who named them."""

from panel.domain.editing.queue import SavedView
from panel.store.store import Store


def test_views_are_kept_until_they_are_dropped(store: Store) -> None:
    mine = [SavedView(id=name, login="ana", name=name, query="state=draft") for name in "ba"]
    other = SavedView(id="c", login="bo", name="b", query="")
    for view in (*mine, other, mine[0]):
        store.save_view(view)
    assert store.views_of("ana") == tuple(mine)
    store.drop_view("ana", "c")
    assert store.views_of("bo") == (other,)
    for _ in range(2):
        store.drop_view("ana", "b")
    assert store.views_of("ana") == (mine[1],)
    assert store.views_of("nobody") == ()
