"""What a voice is called."""

import re

CLAUSE = re.compile(r"[，。！？；,.!?;]+")
GREETINGS = {"您好", "你好", "委员您好", "委员你好", "领导好", "领导您好", "各位委员", "大家好"}


def first_clause(words: str) -> str:
    """What a voice is called: its first clause, a greeting skipped, at most 40 characters."""
    clauses = [c for part in words.splitlines() for c in CLAUSE.split(part) if c.strip()]
    found = ""
    for clause in clauses:
        found = f"{found}，{clause.strip()}" if found else clause.strip()
        if len(found) >= 5 and found not in GREETINGS:
            break
        if found in GREETINGS:
            found = ""
    found = found or words.strip()
    return found if len(found) <= 40 else found[:39] + "…"
