"""Consultations as they stand after 0003_posts_under_keys, for a new database: one step instead of 3. The steps before stay for
databases that stand, and for going back."""

import django.db.models.deletion
import shangliang.base.journal.codes
import shangliang.base.people.personal.fields
from django.db import migrations, models

from shangliang.base.at_once import AtOnce


class Migration(AtOnce):

    initial = True

    replaces = [
        ('consultations', '0001_initial'),
        ('consultations', '0002_appeals'),
        ('consultations', '0003_posts_under_keys'),
    ]

    # What the steps before waited for, by its old names: a database that stands has those.
    dependencies = [
        ('places', '0002_path_order'),
        ('people', '0005_look_private'),
        ('studios', '0001_initial'),
        ('voices', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Consultation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(default=shangliang.base.journal.codes.public_id, max_length=12, unique=True, verbose_name='编号')),
                ('thread', models.CharField(default=shangliang.base.journal.codes.thread_number, max_length=32, unique=True, verbose_name='事由编号')),
                ('title', models.CharField(max_length=50, verbose_name='题目')),
                ('question', models.TextField(max_length=1000, verbose_name='要商量定的事')),
                ('source', models.CharField(choices=[('leader', '党政点题'), ('voices', '群众出题'), ('member', '委员荐题')], max_length=10, verbose_name='从哪儿来')),
                ('raised_by', models.CharField(max_length=16, verbose_name='谁提的')),
                ('raised_for', models.CharField(blank=True, max_length=40, verbose_name='哪位领导点的题')),
                ('paper_on', models.DateField(blank=True, null=True, verbose_name='纸面材料的日期')),
                ('raised_on', models.DateField(verbose_name='提出')),
                ('state', models.CharField(choices=[('raised', '待定题'), ('declined', '未列入'), ('open', '正在商量'), ('minuted', '纪要已出'), ('sent', '等答复'), ('finished', '有结果了')], max_length=10, verbose_name='状态')),
                ('version', models.PositiveIntegerField(default=1)),
                ('decide_by', models.DateField(verbose_name='最晚定题')),
                ('decide_provisional', models.BooleanField(default=False)),
                ('last_day', models.DateField(blank=True, null=True, verbose_name='说到哪天')),
                ('decline_reason', models.TextField(blank=True, max_length=500, verbose_name='未列入的理由')),
                ('declined_on', models.DateField(blank=True, null=True, verbose_name='未列入')),
                ('opened_on', models.DateField(blank=True, null=True, verbose_name='定题')),
                ('minuted_on', models.DateField(blank=True, null=True, verbose_name='出纪要')),
                ('sent_on', models.DateField(blank=True, null=True, verbose_name='送出建议')),
                ('finished_on', models.DateField(blank=True, null=True, verbose_name='公布结果')),
                ('asked', models.ManyToManyField(blank=True, related_name='+', to='places.department')),
                ('committee', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.committee')),
                ('studio', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='studios.studio')),
            ],
            options={
                'verbose_name': '协商',
                'indexes': [models.Index(fields=['committee', 'state', 'decide_by'], name='consultatio_committ_f7ed00_idx'), models.Index(fields=['state', 'opened_on', 'id'], name='consultatio_state_ceb3de_idx')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('paper_on', None), ('raised_for', '')), models.Q(models.Q(('raised_for', ''), _negated=True), ('paper_on__isnull', False)), _connector='OR'), name='consultation_paper_has_leader_and_day', violation_error_message='替领导提的题目，要写明是哪位领导、哪天的材料。'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'declined'), _negated=True), models.Q(('decline_reason', ''), _negated=True), _connector='OR'), name='consultation_declined_with_reason', violation_error_message='不列入要写明理由。'), models.CheckConstraint(condition=models.Q(('state__in', ['raised', 'declined']), models.Q(('last_day__isnull', False), ('studio__isnull', False)), _connector='OR'), name='consultation_open_has_host_and_last_day', violation_error_message='定题时要写明哪间工作室主持、说到哪天。')],
            },
        ),
        migrations.CreateModel(
            name='DoorCode',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('digest', models.CharField(max_length=64, unique=True)),
                ('printed_on', models.DateField(verbose_name='哪天印的')),
                ('used_by', models.CharField(blank=True, max_length=16, verbose_name='谁用了')),
                ('used_at', models.DateTimeField(blank=True, null=True, verbose_name='何时用的')),
                ('consultation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='door_codes', to='consultations.consultation')),
            ],
            options={
                'verbose_name': '参与码',
                'indexes': [models.Index(fields=['consultation', 'printed_on'], name='consultatio_consult_25e717_idx')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('used_at', None), ('used_by', '')), models.Q(models.Q(('used_by', ''), _negated=True), ('used_at__isnull', False)), _connector='OR'), name='door_code_used_by_somebody_once')],
            },
        ),
        migrations.CreateModel(
            name='FoundingVoice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('round', models.PositiveSmallIntegerField(verbose_name='第几轮')),
                ('consultation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='founding', to='consultations.consultation')),
                ('voice', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='voices.voice')),
            ],
            options={
                'verbose_name': '出题的留言',
                'indexes': [models.Index(fields=['voice', 'consultation'], name='consultatio_voice_i_d10000_idx')],
                'constraints': [models.UniqueConstraint(models.F('consultation'), models.F('voice'), name='founding_voice_once')],
            },
        ),
        migrations.CreateModel(
            name='Meeting',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField(verbose_name='哪天')),
                ('place', models.CharField(max_length=80, verbose_name='在哪儿')),
                ('members', models.JSONField(default=list, verbose_name='到场委员')),
                ('others', models.PositiveIntegerField(default=0, verbose_name='其他到场的人')),
                ('consultation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='meetings', to='consultations.consultation')),
                ('departments', models.ManyToManyField(blank=True, related_name='+', to='places.department')),
            ],
            options={
                'verbose_name': '协商会',
                'indexes': [models.Index(fields=['consultation', 'day'], name='consultatio_consult_7b79a0_idx')],
            },
        ),
        migrations.CreateModel(
            name='Point',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('agreed', models.BooleanField(verbose_name='商定')),
                ('words', models.CharField(max_length=500, verbose_name='内容')),
                ('consultation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='points', to='consultations.consultation')),
            ],
            options={
                'verbose_name': '纪要条目',
                'indexes': [models.Index(fields=['consultation', 'id'], name='consultatio_consult_6b6bc0_idx')],
            },
        ),
        migrations.CreateModel(
            name='Post',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public', models.BooleanField(default=False, verbose_name='愿意公开')),
                ('review', models.CharField(blank=True, choices=[('', '不公开'), ('waiting', '待看'), ('shown', '已公开'), ('withheld', '先不公开'), ('appealed', '申诉，等换个人看')], default='', max_length=10, verbose_name='审核')),
                ('review_version', models.PositiveIntegerField(default=1)),
                ('public_words', shangliang.base.people.personal.fields.Private(blank=True, null=True, verbose_name='公开的说法')),
                ('withheld_reason', models.CharField(blank=True, choices=[('law', '违反写明的法律'), ('personal', '有别人的个人信息'), ('abuse', '辱骂、威胁人'), ('advert', '广告、刷屏'), ('off_topic', '不归这里管'), ('duplicate', '和已有的重复')], max_length=10, verbose_name='先不公开的理由')),
                ('withheld_detail', shangliang.base.people.personal.fields.Private(blank=True, null=True, verbose_name='说明')),
                ('withheld_by', models.CharField(blank=True, max_length=16, verbose_name='谁先不公开的')),
                ('reviewed_by', models.CharField(blank=True, max_length=16, verbose_name='谁看的')),
                ('reviewed_at', models.DateTimeField(blank=True, null=True, verbose_name='何时看的')),
                ('appeal', shangliang.base.people.personal.fields.Private(blank=True, null=True, verbose_name='申诉')),
                ('appealed_at', models.DateTimeField(blank=True, null=True, verbose_name='何时申诉')),
                ('appeal_due', models.DateField(blank=True, null=True, verbose_name='申诉最晚哪天答复')),
                ('appeal_above', models.CharField(blank=True, max_length=64, verbose_name='申诉请哪一级看')),
                ('appeal_answer', shangliang.base.people.personal.fields.Private(blank=True, null=True, verbose_name='申诉没有成立的理由')),
                ('first_shown_at', models.DateTimeField(blank=True, null=True, verbose_name='首次公开')),
                ('code', models.CharField(default=shangliang.base.journal.codes.public_id, max_length=12, unique=True, verbose_name='编号')),
                ('words', shangliang.base.people.personal.fields.Private(blank=True, null=True, verbose_name='说的话')),
                ('author_key', models.CharField(max_length=16, verbose_name='化名')),
                ('person', models.CharField(editable=False, max_length=16, verbose_name='用谁的钥匙')),
                ('participant', models.CharField(choices=[('member', '委员'), ('code', '查询码'), ('door', '参与码')], max_length=6, verbose_name='凭什么参加')),
                ('at', models.DateTimeField(verbose_name='何时')),
                ('consultation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='posts', to='consultations.consultation')),
            ],
            options={
                'verbose_name': '发言',
                'indexes': [models.Index(fields=['consultation', 'review', 'id'], name='consultatio_consult_b138f1_idx'), models.Index(fields=['consultation', 'author_key'], name='consultatio_consult_222bc6_idx')],
            },
        ),
        migrations.CreateModel(
            name='Recommendation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(default=shangliang.base.journal.codes.public_id, max_length=12, unique=True, verbose_name='编号')),
                ('number', models.PositiveSmallIntegerField(verbose_name='第几条')),
                ('words', models.TextField(max_length=1000, verbose_name='建议')),
                ('state', models.CharField(choices=[('sent', '等答复'), ('returned', '退回改送'), ('answered', '已答复'), ('done', '单位说办完')], max_length=10, verbose_name='状态')),
                ('version', models.PositiveIntegerField(default=1)),
                ('sent_on', models.DateField(verbose_name='送出')),
                ('due', models.DateField(verbose_name='最晚答复')),
                ('provisional', models.BooleanField(default=False, verbose_name='日子待定')),
                ('send_back_by', models.DateField(verbose_name='最晚退回')),
                ('extended', models.BooleanField(default=False, verbose_name='延过期')),
                ('extension_reason', models.CharField(blank=True, max_length=300, verbose_name='延期的理由')),
                ('returned_reason', models.CharField(blank=True, max_length=300, verbose_name='退回的理由')),
                ('decision', models.CharField(blank=True, choices=[('adopt', '采纳'), ('partly', '部分采纳'), ('not', '不采纳')], max_length=6, verbose_name='决定')),
                ('reason', models.TextField(blank=True, max_length=2000, verbose_name='理由')),
                ('measure', models.TextField(blank=True, max_length=2000, verbose_name='怎么办')),
                ('promised_for', models.DateField(blank=True, null=True, verbose_name='承诺哪天')),
                ('answered_on', models.DateField(blank=True, null=True, verbose_name='答复')),
                ('answered_by', models.CharField(blank=True, max_length=16, verbose_name='谁答复的')),
                ('percent', models.PositiveSmallIntegerField(default=0, verbose_name='进度')),
                ('done_on', models.DateField(blank=True, null=True, verbose_name='说办完')),
                ('consultation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='recommendations', to='consultations.consultation')),
                ('department', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.department')),
            ],
            options={
                'verbose_name': '协商建议',
                'indexes': [models.Index(fields=['department', 'state', 'due', 'id'], name='consultatio_departm_e1fada_idx'), models.Index(fields=['state', 'due'], name='consultatio_state_b67aec_idx')],
                'constraints': [models.UniqueConstraint(models.F('consultation'), models.F('number'), name='recommendation_number_once'), models.CheckConstraint(condition=models.Q(models.Q(('answered_on', None), ('decision', ''), ('state__in', ['sent', 'returned'])), models.Q(('state__in', ['answered', 'done']), models.Q(('decision', ''), _negated=True), models.Q(('reason', ''), _negated=True), ('answered_on__isnull', False)), _connector='OR'), name='recommendation_answered_in_full', violation_error_message='答复要写明决定和理由。'), models.CheckConstraint(condition=models.Q(('decision__in', ['', 'not']), models.Q(models.Q(('measure', ''), _negated=True), ('promised_for__isnull', False)), _connector='OR'), name='recommendation_adopted_has_measure_and_day', violation_error_message='采纳的建议要写明怎么办、哪天办完。'), models.CheckConstraint(condition=models.Q(('percent__lte', 100)), name='recommendation_percent_to_100')],
            },
        ),
        migrations.CreateModel(
            name='Progress',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(default=shangliang.base.journal.codes.public_id, max_length=12, unique=True, verbose_name='编号')),
                ('percent', models.PositiveSmallIntegerField(verbose_name='进度')),
                ('words', models.TextField(max_length=2000, verbose_name='说明')),
                ('less_because', models.CharField(blank=True, max_length=300, verbose_name='为什么比上次低')),
                ('at', models.DateTimeField(verbose_name='何时')),
                ('by', models.CharField(max_length=16, verbose_name='谁')),
                ('recommendation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='progress', to='consultations.recommendation')),
            ],
            options={
                'verbose_name': '进展',
                'indexes': [models.Index(fields=['recommendation', 'id'], name='consultatio_recomme_6a7705_idx')],
            },
        ),
        migrations.CreateModel(
            name='Judgement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=16, verbose_name='化名')),
                ('verdict', models.CharField(choices=[('solved', '解决了'), ('partly', '解决了一部分'), ('not', '没解决')], max_length=6, verbose_name='评价')),
                ('attitude', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='态度')),
                ('result', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='结果')),
                ('at', models.DateTimeField(verbose_name='何时')),
                ('recommendation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='judgements', to='consultations.recommendation')),
            ],
            options={
                'verbose_name': '提议人评价',
                'constraints': [models.UniqueConstraint(models.F('recommendation'), models.F('key'), name='judgement_once'), models.CheckConstraint(condition=models.Q(models.Q(('attitude', None), ('attitude__range', (1, 5)), _connector='OR'), models.Q(('result', None), ('result__range', (1, 5)), _connector='OR')), name='judgement_marks_1_to_5')],
            },
        ),
        migrations.CreateModel(
            name='Deadline',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('started', models.DateField()),
                ('due', models.DateField()),
                ('provisional', models.BooleanField(default=False)),
                ('ended_on', models.DateField(blank=True, null=True)),
                ('end', models.CharField(blank=True, choices=[('', '还在走'), ('met', '答复了'), ('dropped', '退回了')], max_length=7)),
                ('recommendation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='deadlines', to='consultations.recommendation')),
            ],
            options={
                'verbose_name': '建议的期限',
                'indexes': [models.Index(fields=['ended_on', 'due'], name='consultatio_ended_o_3fbbc2_idx')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('ended_on', None)), fields=('recommendation',), name='one_clock_runs_on_a_recommendation'), models.CheckConstraint(condition=models.Q(models.Q(('end', ''), ('ended_on', None)), models.Q(('ended_on__gte', models.F('started')), models.Q(('end', ''), _negated=True)), _connector='OR'), name='recommendation_clock_that_ended_says_how')],
            },
        ),
        migrations.CreateModel(
            name='Suggestion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField(verbose_name='第几条')),
                ('words', shangliang.base.people.personal.fields.Private(null=True, verbose_name='建议')),
                ('public_words', shangliang.base.people.personal.fields.Private(blank=True, null=True, verbose_name='公开的说法')),
                ('consultation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='suggestions', to='consultations.consultation')),
                ('post', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='suggestions', to='consultations.post')),
            ],
            options={
                'verbose_name': '意见建议',
                'constraints': [models.UniqueConstraint(models.F('consultation'), models.F('number'), name='suggestion_number_once')],
            },
        ),
        migrations.AddField(
            model_name='recommendation',
            name='suggestions',
            field=models.ManyToManyField(blank=True, related_name='recommendations', to='consultations.suggestion'),
        ),
    ]
