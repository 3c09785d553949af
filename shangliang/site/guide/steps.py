"""The first day of each role as data: five to seven steps, each with the page where it is done and the acts
by which the journal knows that it was. A step without acts is only to be looked at."""

from dataclasses import dataclass

from shangliang.base.people.actor import Actor


@dataclass(frozen=True)
class Step:
    """`page`: the name of an address that needs no thing to be chosen."""

    title: str
    why: str
    page: str
    acts: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Guide:
    """`roles`: whose first day it is."""

    key: str
    name: str
    words: str
    roles: tuple[str, ...]
    steps: tuple[Step, ...]


def _acts(*names: str) -> frozenset[str]:
    return frozenset(names)


SAFE = Step(
    "设好登录的第二步",
    "您看得到群众的话，只有密码不够稳妥。恢复码抄在纸上。",
    "mfa_index",
    _acts("second_factor_set"),
)

GUIDES: tuple[Guide, ...] = (
    Guide(
        "officer",
        "政协干部",
        "您管着本级的留言、审核、题目和人。头一天走完这七步，心里就有数了。",
        ("officer",),
        (
            SAFE,
            Step(
                "说一条留言办不办",
                "最急的排在最上面。三个工作日内要先说一声。",
                "desk:queue",
                _acts("voice_taken_up", "voice_refused"),
            ),
            Step(
                "把一条转给承办单位",
                "写清要它办什么。转错了，单位会退回来。",
                "desk:queue",
                _acts("voice_assigned"),
            ),
            Step(
                "审一段要公开的话",
                "批评不是不公开的理由；有人名电话的，盖住再公开。",
                "desk:review",
                _acts("review_shown", "review_withheld"),
            ),
            Step(
                "给一位同事或委员开账号",
                "链接当面交，七天内有用。",
                "desk:people",
                _acts("account_invited", "post_granted"),
            ),
            Step("登记一件制度", "期限从哪份文件来，群众点开就看得到。", "desk:rules", _acts("rule_entered")),
            Step(
                "看一遍本级的工作室",
                "谁在、什么时候接待、还差什么。",
                "desk:studios",
                _acts("studio_planned", "studio_edited", "standards_chosen"),
            ),
        ),
    ),
    Guide(
        "convener",
        "召集人、副召集人",
        "一间工作室由您招呼。头一天把门开好，把话接住。",
        ("convener", "deputy"),
        (
            SAFE,
            Step(
                "把工作室的页面写好",
                "地址、电话、接待时间，群众照着它来。",
                "desk:studios",
                _acts("studio_edited"),
            ),
            Step(
                "受理一条留言",
                "先说一声办不办，再慢慢办。",
                "desk:queue",
                _acts("voice_taken_up", "voice_refused"),
            ),
            Step(
                "答复，或者回一句",
                "说人话，说清哪天办到哪一步。",
                "desk:queue",
                _acts("voice_answered", "voice_replied"),
            ),
            Step(
                "记一次接待",
                "来了几位、谁在场。只数人数，不记名字。",
                "desk:studios",
                _acts("reception_held"),
            ),
            Step("排一天值班", "排了谁，门口和页面上就是谁。", "desk:studios", _acts("duty_set")),
            Step(
                "回一条委员留言",
                "别处的委员来请教，回一句也是情分。",
                "desk:messages",
                _acts("message_answered", "message_read"),
            ),
        ),
    ),
    Guide(
        "member",
        "委员",
        "您替大家说话，也听大家说话。每一步做了，明白账上自己会记。",
        ("member", "stationed"),
        (
            Step("看今天等您的事", "最急的在上面，办完就走。", "workbench:today"),
            Step(
                "替人记一条留言",
                "群众当面说的，照他的话写，给他一个查询码。",
                "desk:record",
                _acts("voice_recorded"),
            ),
            Step(
                "在一个协商里说一条",
                "一条话里可以写几条建议，每条都有单位答复。",
                "consultations:list",
                _acts("post_left"),
            ),
            Step("提一个题目", "大家都犯难的事，提上去一起商量。", "workbench:topics", _acts("topic_raised")),
            Step(
                "给一间工作室留言",
                "县、市、省哪一级的都能写。",
                "workbench:messages",
                _acts("message_written"),
            ),
            Step("看一遍明白账", "每一笔都点得开；积分不排名次。", "workbench:statement"),
        ),
    ),
    Guide(
        "handler",
        "承办人",
        "政协转来的事，贵单位答复群众。按期限排着，一件一件来。",
        ("handler",),
        (
            SAFE,
            Step("看交来的事", "最急的在上面，写着哪天前答复、哪天前能退回。", "departments:list"),
            Step(
                "不归你们办的，早点退回",
                "写明理由和该归谁。过了日子就退不了。",
                "departments:list",
                _acts("voice_sent_back", "recommendation_returned"),
            ),
            Step(
                "答复一件",
                "办了什么、哪天办完、办不了依的是哪一条。",
                "departments:list",
                _acts("voice_answered", "recommendation_answered"),
            ),
            Step(
                "报一次进展",
                "附张照片，群众最信这个。",
                "departments:list",
                _acts("voice_progress_reported", "recommendation_progress_reported"),
            ),
            Step(
                "说办完了",
                "办完由您说，解决没解决由群众说。",
                "departments:list",
                _acts("voice_done_reported", "recommendation_done_reported"),
            ),
        ),
    ),
    Guide(
        "leader",
        "领导",
        "您点题、把关、看着超期的。不用天天来，来了看得清。",
        ("leader",),
        (
            SAFE,
            Step("看今天要过目的事", "等您同意的、超期的、您联系的工作室。", "leaders:home"),
            Step("点一个题目", "写清要解决什么，交给干部去组织。", "leaders:topics", _acts("topic_raised")),
            Step(
                "批一间工作室上线",
                "看它做过什么，不同意要写还差什么。",
                "leaders:studios",
                _acts("studio_approved", "studio_not_approved"),
            ),
            Step("看哪个单位超期", "这一页群众也看得到。", "portal:overdue"),
            Step("看数据，点开一个数", "每个数都能点到记录，不用听汇报。", "figures:index"),
        ),
    ),
    Guide(
        "auditor",
        "审计",
        "您什么都看得到，什么都不改。头一天学会从数走到记录。",
        ("auditor",),
        (
            SAFE,
            Step("从一个数点到它的记录", "相加的数等于下级和本级的和。", "figures:index"),
            Step("核对台账", "每一笔都有指纹，对账点存在别处。", "journal:index"),
            Step("看制度和现在的期限", "期限从哪份文件来，改过几版。", "desk:rules"),
            Step("看工作室和督查", "哪一项有佐证，整改了没有。", "desk:studios"),
            Step("看超期名单", "公开列了谁，什么时候撤的。", "portal:overdue"),
        ),
    ),
    Guide(
        "operator",
        "运维",
        "您看着机器：信发得出去，备份拿得回来。群众的事不归您看。装、备份、升级照手册 docs/operating.md 做。",
        ("operator",),
        (
            Step(
                "设好登录的第二步",
                "机器在您手里，只有密码不够稳妥。恢复码抄在纸上。",
                "mfa_index",
                _acts("second_factor_set"),
            ),
            Step("看通知发出去没有", "没送到的写着为什么；收信人只看得到头尾。", "notices:outbox"),
            Step("看自己在哪里登录着", "不认得的那一处，当即退出。", "account_sessions"),
            Step("把对账点存到别处", "和备份分开存，机器坏了也对得上台账。", "journal:index"),
            Step("看留着哪些数据、留多久", "每夜到期就删，日志里看得到删了多少。", "portal:privacy"),
            Step("看哪些事防不住", "群众也看得到这一页；有一条不对了，就要改。", "portal:limits"),
        ),
    ),
)
BY_KEY = {guide.key: guide for guide in GUIDES}


def every_act() -> frozenset[str]:
    return frozenset[str]().union(*(step.acts for guide in GUIDES for step in guide.steps))


def own(actor: Actor) -> list[Guide]:
    """The guides of the posts that somebody holds, in the order of the table."""
    return [guide for guide in GUIDES if actor.holds(*guide.roles)]
