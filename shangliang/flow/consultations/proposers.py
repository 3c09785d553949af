"""Who proposed a recommendation, and what they said of it.

Proposers are the authors of the suggestions it rests on and the authors of the founding voices. A founding
voice's verdict is its author's verdict here too: nobody is asked twice, and nobody counts twice."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from shangliang.flow.voices.models import Verdict as VoiceVerdict

from .models import (
    Consultation,
    Decision,
    FoundingVoice,
    Judgement,
    Participant,
    Recommendation,
    RecommendationState,
    Suggestion,
    Verdict,
)

Said = dict[str, str]  # pseudonym → verdict, or "" while they have not said


@dataclass(frozen=True)
class Tally:
    """Verdicts as n of m; never a share alone."""

    all: int
    solved: int
    partly: int
    not_solved: int

    @property
    def unsaid(self) -> int:
        return self.all - self.solved - self.partly - self.not_solved

    @classmethod
    def of(cls, said: Mapping[str, str]) -> "Tally":
        given = list(said.values())
        return cls(
            len(said), given.count(Verdict.SOLVED), given.count(Verdict.PARTLY), given.count(Verdict.NOT)
        )


def said_of(consultation: Consultation, founders: Said | None = None) -> dict[int, Said]:
    """For each recommendation (by pk), what each of its proposers said; `founders`: what `founding_verdicts`
    found, where it is at hand. Five queries at most, however many."""
    if founders is None:
        founders = founding_verdicts(consultation)
    rows = Recommendation.objects.filter(consultation=consultation)
    found: dict[int, Said] = {pk: dict(founders) for pk in rows.values_list("pk", flat=True)}
    for pk, key in _suggesting(found):
        found[pk].setdefault(key, "")
    given = Judgement.objects.filter(recommendation__consultation=consultation)
    for pk, key, verdict in given.values_list("recommendation", "key", "verdict"):
        if key in found[pk] and key not in founders:
            found[pk][key] = verdict
    return found


def founding_verdicts(consultation: Consultation) -> Said:
    """Each founding voice's author and their verdict on the round in which it was raised: "not" where it did
    not hold for four weeks, which begins another round and leaves the verdict as it was given."""
    links = list(
        FoundingVoice.objects.filter(consultation=consultation).values_list(
            "voice__person", "voice", "round", "voice__follow_up__said"
        )
    )
    people = {(voice, round_): person for person, voice, round_, _later in links}
    verdicts = VoiceVerdict.objects.filter(voice__in=[voice for voice, _round in people]).values_list(
        "voice", "round", "verdict"
    )
    said = dict.fromkeys(people.values(), "")
    said.update({people[v, r]: verdict for v, r, verdict in verdicts if (v, r) in people})
    said.update({person: Verdict.NOT for person, _v, _r, later in links if later == "not" and said[person]})
    return said


def tally_of(consultation: Consultation) -> Tally:
    """Each proposer of the whole consultation once, by the least good of their verdicts."""
    worst = {"": 0, Verdict.SOLVED: 1, Verdict.PARTLY: 2, Verdict.NOT: 3}
    people: Said = {}
    for said in said_of(consultation).values():
        for key, verdict in said.items():
            people[key] = max(people.get(key, ""), verdict, key=lambda v: worst[v])
    return Tally.of(people)


def judging(row: Recommendation) -> Recommendation:
    """The recommendation with `askable` set: whoever's suggestion it rests on, founding authors left out."""
    founders = founding_verdicts(row.consultation)
    row.askable = frozenset(key for _pk, key in _suggesting([row.pk])) - founders.keys()
    return row


def to_judge(rows: Iterable[Recommendation], said: dict[int, Said], key: str) -> set[str]:
    """Codes of the recommendations that wait for this proposer's word. A founding author has no such word:
    theirs is the voice's verdict."""
    return {row.code for row in rows if row.judgeable and said[row.pk].get(key) == ""}


def waiting_for(key: str) -> QuerySet[Recommendation]:
    """Recommendations that wait for this proposer's own word, the longest waiting first. Not for a founding
    author's, who says it of their voice."""
    judgeable = Q(state=RecommendationState.DONE) | Q(
        state=RecommendationState.ANSWERED, decision=Decision.NOT
    )
    rows = Recommendation.objects.filter(
        judgeable,
        Exists(Suggestion.objects.filter(recommendations=OuterRef("pk"), post__author_key=key)),
        ~Exists(Judgement.objects.filter(recommendation=OuterRef("pk"), key=key)),
    )
    return rows.select_related("consultation__committee").order_by("answered_on", "pk")


def members_behind(row: Recommendation) -> list[str]:
    """Pseudonyms of the members among the authors of the suggestions it rests on."""
    found = row.suggestions.filter(post__participant=Participant.MEMBER)
    return sorted(set(found.values_list("post__author_key", flat=True)))


def _suggesting(rows: Iterable[int]) -> list[tuple[int, str]]:
    links = Suggestion.objects.filter(recommendations__in=list(rows))
    return list(links.values_list("recommendations", "post__author_key").distinct())
