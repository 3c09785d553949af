"""账本：发生过什么，一次，有先后，可证明。What happened, once, in order, provable.

Acts are inserted in the transaction of the change and sealed a moment after by the worker. Keys and numbers
only: no words, no names. Auditors may check it (`manage.py verify`); nobody may change it.
"""
