"""What stands in one voice's thread. A page of a voice asks for all of it each time, so each question is put
together once."""

from typing import Any, Generic, TypeVar

from django.db.models import Model

from shangliang.base.prepared import Prepared

from ..models import Voice

P = TypeVar("P", bound=Model)


class PartsOf(Generic[P]):
    """`PartsOf(Line, "at", "pk")(voice)`: the voice's lines in this order, those of `also` alone, each with
    what is named in `beside` at hand. Private words in them open by the voice's own key, asked for once."""

    def __init__(self, model: type[P], *order: str, beside: tuple[str, ...] = (), **also: Any) -> None:
        def ask(*, voice: int) -> Any:
            found = model._default_manager.filter(voice=voice, **also)
            return (found.select_related(*beside) if beside else found).order_by(*order)

        self.ask: Prepared[P] = Prepared(ask)

    def __call__(self, voice: Voice) -> list[P]:
        found = self.ask(voice=voice.pk)
        known = {name: vars(voice)[name] for name in ("_key",) if name in vars(voice)}
        for part in found:
            part._state.fields_cache["voice"] = voice
            vars(part).update(known)
        return found
