"""Voices, what is kept beside them, and the forms on paper that they may come on."""

from .printed import PaperForm
from .voice import (
    Answer,
    Answerer,
    Assignment,
    Attitude,
    Channel,
    Deadline,
    Judgement,
    Kind,
    Line,
    Progress,
    Refusal,
    Remark,
    Result,
    Rung,
    State,
    Verdict,
    Voice,
)

__all__ = [
    "Answer",
    "Answerer",
    "Assignment",
    "Attitude",
    "Channel",
    "Deadline",
    "Judgement",
    "Kind",
    "Line",
    "PaperForm",
    "Progress",
    "Refusal",
    "Remark",
    "Result",
    "Rung",
    "State",
    "Verdict",
    "Voice",
]
