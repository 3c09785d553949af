"""What the desk keeps beside a voice, as its pane shows it: who looks after it, notes among colleagues, the
answer that waits for a second look, common answers to choose from."""

from dataclasses import dataclass, field, replace
from urllib.parse import urlencode

from shangliang.base.people.actor import Actor

from .. import rules, secondlook, variables
from ..models import Keeping, Note, SecondLook, Voice
from ..queries import desk
from . import forms

Ways = list[tuple[str, str]]  # title, address


@dataclass(frozen=True)
class Beside:
    """`shown`: whether this reader is of the desk at all. `note`: the form of a note, for who may write
    one."""

    shown: bool = False
    keeping: Keeping | None = None
    notes: list[Note] = field(default_factory=list)
    look: SecondLook | None = None
    waits: bool = False
    note: forms.Noted | None = None
    names: dict[str, str] = field(default_factory=dict)
    templates: Ways = field(default_factory=list)

    @property
    def keys(self) -> set[str]:
        """Pseudonyms of whom it names."""
        held = [self.keeping.keeper, self.keeping.handed_by] if self.keeping else []
        looked = [self.look.by, self.look.looked_by] if self.look else []
        return {*held, *looked, *(note.by for note in self.notes)} - {""}

    @property
    def subjects(self) -> list[str]:
        """Under what its papers lie."""
        return [f"answer:{self.look.code}"] if self.look else []

    def named(self, names: dict[str, str], templates: Ways) -> "Beside":
        return replace(self, names=names, templates=templates)


def of(voice: Voice, actor: Actor, *, noted: forms.Noted | None = None) -> Beside:
    """Nothing for who is not of a committee's desk: a department, the author, the leader. Three queries for
    the others, one more while an answer waits or came back."""
    own, reads = desk.desk_of(voice, actor), rules.reads_notes(actor, voice, voice.committee_path)
    if voice.erased_on or not (own or reads):
        return Beside()
    path = own.path if own else voice.committee_path
    keeping = desk.keeping(voice, path)
    waits = secondlook.at_desk(voice) and rules.reads_waiting(actor, voice)
    look = desk.last_look(voice) if waits else None
    note = (noted or forms.Noted(auto_id="note_%s")) if own else None
    return Beside(
        True, keeping, desk.notes(voice, actor), look, waits=bool(look and voice.proposed_by), note=note
    )


def note_form(voice: Voice, actor: Actor) -> forms.Noted | None:
    """The form of a note, for who may write one."""
    return forms.Noted(auto_id="note_%s") if desk.desk_of(voice, actor) else None


def answer(voice: Voice, actor: Actor, template: str, look: SecondLook | None) -> str:
    """What the field of the answer is filled with: a common answer that was chosen; else one's own that came
    back or was taken back. Somebody reads it before it goes out."""
    if template:
        return filled_answer(voice, actor, template)
    return look.words if look and not voice.proposed_by else ""


def filled_answer(voice: Voice, actor: Actor, template: str) -> str:
    """A common answer with its variables filled in; without one, the answer of this round that did not go
    out. Unseen for a common answer of another committee."""
    if template:
        return variables.filled(desk.template(template, actor).words, voice)
    look = desk.last_look(voice) if secondlook.at_desk(voice) and not voice.proposed_by else None
    return look.words if look else ""


def templates(voice: Voice, actor: Actor, *, address: str, listed: str) -> Ways:
    """Title and address of each common answer: the address draws the form filled with it."""
    if not secondlook.at_desk(voice):
        return []
    asked = {"seen": voice.version, "form": "answer"}
    return [
        (row.title, f"{address}?{listed}&{urlencode(asked | {'template': row.code})}")
        for row in desk.templates(actor)
    ]
