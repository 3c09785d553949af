"""How templates are compiled and call: as Jinja2 does, without asking again what is known.

A page calls some four hundred functions and macros and writes out seven hundred values, half of which are
markup already. Jinja2 asks each callable five times what it wants handed in, and wraps markup in markup."""

from types import BuiltinFunctionType, FunctionType, MethodType
from typing import Any

from jinja2.compiler import CodeGenerator, Frame
from jinja2.nodes import Expr
from jinja2.runtime import Context, Macro
from jinja2.utils import internalcode

PLAIN = frozenset({FunctionType, MethodType, BuiltinFunctionType})


class Calls(Context):
    """A macro wants the evaluation context; a plain function that was not marked wants nothing."""

    @internalcode
    def call(self, wanted: Any, /, *args: Any, **named: Any) -> Any:
        kind = type(wanted)
        if kind is Macro:
            args = (self.eval_ctx, *args)
        elif kind not in PLAIN or hasattr(wanted, "jinja_pass_arg"):
            return super().call(wanted, *args, **named)
        if named:
            named.pop("_block_vars", None)
            named.pop("_loop_vars", None)
        return wanted(*args, **named)


class Written(CodeGenerator):
    """What is markup is written as it stands; everything else is escaped."""

    def _output_child_pre(self, node: Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        if self._may_be_markup(frame, finalize):
            self.write("(written if type(written := ")
        else:
            super()._output_child_pre(node, frame, finalize)

    def _output_child_post(self, node: Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        if self._may_be_markup(frame, finalize):
            self.write(") is Markup else escape(written))")
        else:
            super()._output_child_post(node, frame, finalize)

    @staticmethod
    def _may_be_markup(frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> bool:
        return bool(frame.eval_ctx.autoescape) and not frame.eval_ctx.volatile and finalize.src is None
