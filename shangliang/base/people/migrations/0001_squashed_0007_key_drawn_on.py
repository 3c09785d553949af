"""People as they stand after 0007_key_drawn_on, for a new database: one step instead of 7. The steps before stay for
databases that stand, and for going back."""

import django.db.models.deletion
import shangliang.base.journal.codes
import shangliang.base.people.personal.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    replaces = [
        ('people', '0001_initial'),
        ('people', '0002_try'),
        ('people', '0003_accounts'),
        ('people', '0004_erasure'),
        ('people', '0005_look_private'),
        ('people', '0006_by_keys'),
        ('people', '0007_key_drawn_on'),
    ]

    dependencies = [
        ('places', '0003_zones'),
    ]

    operations = [
        migrations.CreateModel(
            name='Person',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('username', models.CharField(max_length=40, unique=True, verbose_name='登录名')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='电子邮箱')),
                ('name', models.CharField(max_length=40, verbose_name='姓名')),
                ('title', models.CharField(blank=True, help_text='如：农技推广员', max_length=40, verbose_name='称呼')),
                ('key', models.CharField(default=shangliang.base.journal.codes.public_id, editable=False, max_length=16, unique=True, verbose_name='化名')),
                ('is_active', models.BooleanField(default=True, verbose_name='可登录')),
                ('by_keys', models.BooleanField(default=True, verbose_name='按键快捷')),
                ('generation', models.PositiveIntegerField(default=0, editable=False, verbose_name='登录的第几代')),
            ],
            options={
                'verbose_name': '账号',
            },
        ),
        migrations.CreateModel(
            name='PersonKey',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('person', models.CharField(max_length=16, unique=True)),
                ('box', models.BinaryField()),
                ('drawn_on', models.DateField(null=True, verbose_name='哪天要写新的')),
            ],
            options={
                'verbose_name': '个人钥匙',
            },
        ),
        migrations.CreateModel(
            name='Erasure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('person', models.CharField(max_length=16, unique=True, verbose_name='化名')),
                ('way', models.CharField(choices=[('code', '本人用查询码办理'), ('in_person', '本人到场提出'), ('written', '本人书面提出'), ('phone', '本人打电话提出，核对过身份'), ('for_them', '监护人或近亲属代为提出'), ('account', '注销账号')], max_length=10, verbose_name='怎么提出的')),
                ('asked', models.DateTimeField(verbose_name='何时提出')),
                ('done', models.DateTimeField(blank=True, null=True, verbose_name='何时删净')),
                ('files', models.JSONField(blank=True, default=list, verbose_name='还要删的照片')),
            ],
            options={
                'verbose_name': '删除个人信息',
                'indexes': [models.Index(fields=['done'], name='people_eras_done_9e846e_idx')],
            },
        ),
        migrations.CreateModel(
            name='Look',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(default=shangliang.base.journal.codes.public_id, editable=False, max_length=12, unique=True)),
                ('subject', models.CharField(max_length=40, verbose_name='看了什么')),
                ('person', models.CharField(max_length=16, verbose_name='谁的')),
                ('by', models.CharField(max_length=16, verbose_name='谁')),
                ('at', models.DateTimeField(verbose_name='何时')),
                ('reason', shangliang.base.people.personal.fields.Private(null=True, verbose_name='为什么')),
            ],
            options={
                'verbose_name': '查看留痕',
                'indexes': [models.Index(fields=['subject', 'at'], name='people_look_subject_a2d5d8_idx')],
            },
        ),
        migrations.CreateModel(
            name='Post',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('member', '委员'), ('stationed', '驻室委员'), ('convener', '召集人'), ('deputy', '副召集人'), ('officer', '政协干部'), ('leader', '领导'), ('handler', '承办人'), ('auditor', '审计'), ('operator', '运维')], max_length=12, verbose_name='职务')),
                ('studio', models.CharField(blank=True, max_length=12, verbose_name='工作室')),
                ('department', models.CharField(blank=True, max_length=12, verbose_name='单位')),
                ('since', models.DateField(verbose_name='任职起')),
                ('until', models.DateField(blank=True, null=True, verbose_name='任职止')),
                ('ended_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='何时收回')),
                ('committee', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.committee')),
                ('holder', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='posts', to=settings.AUTH_USER_MODEL)),
                ('sector', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.sector')),
            ],
            options={
                'verbose_name': '职务',
                'indexes': [models.Index(fields=['studio', 'role'], name='people_post_studio_edd0c6_idx'), models.Index(fields=['department'], name='people_post_departm_e2d7c7_idx')],
                'constraints': [models.CheckConstraint(condition=models.Q(('until', None), ('until__gte', models.F('since')), _connector='OR'), name='post_term_in_order', violation_error_message='任职止不能早于任职起。'), models.CheckConstraint(condition=models.Q(models.Q(('department', ''), ('role__in', ['stationed', 'convener', 'deputy']), models.Q(('studio', ''), _negated=True)), models.Q(('role', 'handler'), ('studio', ''), models.Q(('department', ''), _negated=True)), models.Q(('department', ''), ('role__in', ['member', 'officer', 'leader', 'auditor', 'operator']), ('studio', '')), _connector='OR'), name='post_place_fits_role', violation_error_message='这个职务要写明在哪间工作室，或哪个单位。')],
            },
        ),
        migrations.CreateModel(
            name='Invitation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('digest', models.CharField(max_length=64, unique=True)),
                ('by', models.CharField(max_length=16, verbose_name='谁发的')),
                ('made_at', models.DateTimeField(verbose_name='何时发的')),
                ('until', models.DateTimeField(verbose_name='用到何时')),
                ('used_at', models.DateTimeField(blank=True, null=True, verbose_name='何时用的')),
                ('ended_at', models.DateTimeField(blank=True, null=True, verbose_name='何时作废')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='invitations', to=settings.AUTH_USER_MODEL)),
                ('post', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.post')),
            ],
            options={
                'verbose_name': '登录邀请',
                'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at', None), ('used_at', None)), fields=('person',), name='invitation_one_at_a_time', violation_error_message='这位已经有一张没用过的链接。'), models.CheckConstraint(condition=models.Q(('used_at', None), ('ended_at', None), _connector='OR'), name='invitation_used_or_ended', violation_error_message='用过的链接不会再作废。')],
            },
        ),
        migrations.CreateModel(
            name='Try',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=20)),
                ('who', models.CharField(max_length=32)),
                ('window', models.BigIntegerField(db_index=True)),
                ('count', models.PositiveIntegerField()),
            ],
            options={
                'verbose_name': '尝试次数',
                'constraints': [models.UniqueConstraint(fields=('name', 'who', 'window'), name='try_once')],
            },
        ),
    ]
