"""The acts of people that no chart moves."""

from django.utils.translation import gettext_lazy as _

from ..journal.acts import ActKind

ACTS = (
    ActKind("post_granted", _("任命了一个职务")),
    ActKind("posts_entered", _("照名册任命了一批委员、安排了驻室")),
    ActKind("post_ended", _("结束了一个职务")),
    ActKind("home_noted", _("记了委员住在哪个县")),
    ActKind("contact_revealed", _("查看了联系电话")),
    ActKind("account_invited", _("发了登录链接")),
    ActKind("invitation_withdrawn", _("收回了登录链接")),
    ActKind("account_opened", _("用登录链接设了密码")),
    ActKind("account_closed", _("停用了账号")),
    ActKind("account_reopened", _("恢复了账号")),
    ActKind("account_erased", _("注销了一个账号")),
    ActKind("second_factor_set", _("设好了两步验证")),
    ActKind("second_factor_reset", _("重设了两步验证")),
    ActKind("person_erased", _("按本人要求删除了个人信息")),
)
