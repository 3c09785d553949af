"""Photos and papers that people bring (照片与材料): checked by content, drawn anew, kept apart.

A file belongs to a subject (`voice:7k2m…`). The package that owns the subject's kind says who may see it
(`queries.door`); nobody else can. Files come in with the move that brings them and have no act of their own.
"""
