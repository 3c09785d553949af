"""委员工作室: where residents are heard; who runs it, who sits in it, when it receives people, whether it is
online.

A members' studio of one committee. Online ones are public; the rest is seen by their own committee's people.
"""
