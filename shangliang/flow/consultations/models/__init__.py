"""The tables of a consultation, in two files."""

from .consultation import (
    Consultation,
    DoorCode,
    FoundingVoice,
    Meeting,
    Participant,
    Point,
    Post,
    Source,
    State,
    Suggestion,
)
from .recommendation import (
    ADOPTED,
    Deadline,
    Decision,
    Judgement,
    Progress,
    Recommendation,
    RecommendationState,
    Verdict,
)

__all__ = [
    "ADOPTED",
    "Consultation",
    "Deadline",
    "Decision",
    "DoorCode",
    "FoundingVoice",
    "Judgement",
    "Meeting",
    "Participant",
    "Point",
    "Post",
    "Progress",
    "Recommendation",
    "RecommendationState",
    "Source",
    "State",
    "Suggestion",
    "Verdict",
]
