import django.db.models.deletion
import lotse.records.accounts.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0001_initial'),
        ('catalog', '0001_initial'),
        ('people', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Case',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('street', models.CharField(blank=True, max_length=160, verbose_name='street')),
                ('postcode', models.CharField(blank=True, max_length=12, verbose_name='postcode')),
                ('city', models.CharField(blank=True, max_length=80, verbose_name='city')),
                ('country', models.CharField(blank=True, max_length=2, verbose_name='country')),
                ('kind', models.CharField(choices=[('lead', 'lead'), ('opportunity', 'opportunity')], default='lead', max_length=11)),
                ('stage', models.CharField(choices=[('matching', 'being matched'), ('assignment', 'being assigned'), ('acceptance', 'offered'), ('process', 'in process'), ('closing', 'being closed'), ('done', 'done')], default='matching', max_length=10)),
                ('wake_at', models.DateTimeField(null=True)),
                ('lease_until', models.DateTimeField(null=True)),
                ('stumbles', models.PositiveSmallIntegerField(default=0)),
                ('version', models.PositiveIntegerField(default=1)),
                ('created_at', models.DateTimeField()),
                ('salutation', models.CharField(blank=True, max_length=20, verbose_name='salutation')),
                ('title', models.CharField(blank=True, max_length=40, verbose_name='title')),
                ('first_name', models.CharField(blank=True, max_length=80, verbose_name='first name')),
                ('last_name', models.CharField(blank=True, max_length=80, verbose_name='last name')),
                ('company', models.CharField(blank=True, max_length=160, verbose_name='company')),
                ('sort_name', lotse.records.accounts.models.PlainField(blank=True, default='', max_length=80)),
                ('email', models.CharField(blank=True, max_length=254, verbose_name='e-mail')),
                ('phone', models.CharField(blank=True, max_length=60, verbose_name='phone')),
                ('language', models.CharField(blank=True, max_length=2, verbose_name='language')),
                ('subject', models.CharField(blank=True, max_length=200, verbose_name='subject')),
                ('value', models.DecimalField(blank=True, decimal_places=2, max_digits=12, null=True, verbose_name='value')),
                ('score', models.SmallIntegerField(default=0, verbose_name='score')),
                ('external_id', models.CharField(blank=True, max_length=60, verbose_name='external number')),
                ('assigned_at', models.DateTimeField(null=True)),
                ('asked_by_offer', models.BooleanField(default=False)),
                ('answer_hours', models.PositiveSmallIntegerField(null=True)),
                ('phase_entered_at', models.DateTimeField(null=True)),
                ('clock_from', models.DateTimeField(null=True)),
                ('due_at', models.DateTimeField(null=True)),
                ('held_until', models.DateTimeField(null=True)),
                ('overdue_at', models.DateTimeField(null=True)),
                ('deferred_until', models.DateTimeField(null=True)),
                ('accepted_at', models.DateTimeField(null=True)),
                ('first_activity_at', models.DateTimeField(null=True)),
                ('outcome', models.CharField(blank=True, choices=[('won', 'successful'), ('lost', 'unsuccessful'), ('joined', 'joined to another case')], max_length=6)),
                ('closed_at', models.DateTimeField(null=True)),
                ('closing_comment', models.TextField(blank=True)),
                ('account', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='cases', to='accounts.account')),
                ('asked_partner', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='asked_cases', to='people.partner')),
                ('asked_person', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='asked_cases', to=settings.AUTH_USER_MODEL)),
                ('asked_team', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='asked_cases', to='people.team')),
                ('assignee', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='cases', to=settings.AUTH_USER_MODEL)),
                ('campaign', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalog.campaign')),
                ('contact', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='cases', to='accounts.contact')),
                ('deferred_to_phase', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='catalog.phase')),
                ('hand_over_to', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('joined_to', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='joined', to='cases.case')),
                ('known_account', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='accounts.account')),
                ('known_contact', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='accounts.contact')),
                ('lead_type', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalog.leadtype')),
                ('lost_reason', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalog.reason')),
                ('opened_by', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='opened', to='cases.case')),
                ('partner', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='cases', to='people.partner')),
                ('phase', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='cases', to='catalog.phase')),
                ('process', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='cases', to='catalog.process')),
                ('product', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalog.product')),
                ('source', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalog.leadsource')),
                ('team', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='cases', to='people.team')),
            ],
        ),
        migrations.CreateModel(
            name='Lead',
            fields=[
            ],
            options={
                'proxy': True,
                'indexes': [],
                'constraints': [],
            },
            bases=('cases.case',),
        ),
        migrations.CreateModel(
            name='Opportunity',
            fields=[
            ],
            options={
                'proxy': True,
                'indexes': [],
                'constraints': [],
            },
            bases=('cases.case',),
        ),
        migrations.CreateModel(
            name='CaseWord',
            fields=[
                ('pk', models.CompositePrimaryKey('word', 'case_id', blank=True, editable=False, primary_key=True, serialize=False)),
                ('word', lotse.records.accounts.models.PlainField(max_length=40)),
                ('case', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='words', to='cases.case')),
            ],
        ),
        migrations.CreateModel(
            name='Inquiry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=80, unique=True)),
                ('channel', models.CharField(choices=[('form', 'web form'), ('api', 'interface'), ('file', 'file'), ('mail', 'e-mail'), ('hand', 'by hand')], max_length=4)),
                ('received_at', models.DateTimeField()),
                ('payload', models.JSONField()),
                ('faults', models.JSONField(default=list)),
                ('import_id', models.BigIntegerField(null=True)),
                ('row', models.PositiveIntegerField(null=True)),
                ('line', models.PositiveIntegerField(null=True)),
                ('case', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='inquiries', to='cases.case')),
            ],
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(condition=models.Q(('wake_at__isnull', False)), fields=['wake_at', 'id'], name='case_due'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(condition=models.Q(('assignee', None), ('closed_at', None)), fields=['kind', '-created_at', '-id'], name='case_new'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(condition=models.Q(('assignee__isnull', False), ('closed_at', None)), fields=['kind', '-created_at', '-id'], name='case_active'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(condition=models.Q(('closed_at__isnull', False), ('joined_to', None)), fields=['kind', '-closed_at', '-id'], name='case_done'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(condition=models.Q(('closed_at', None)), fields=['assignee', 'phase', '-id'], name='case_of_assignee'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(condition=models.Q(('closed_at', None)), fields=['team', '-id'], name='case_of_team'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(condition=models.Q(('closed_at', None)), fields=['partner', '-id'], name='case_of_partner'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(condition=models.Q(('assignee__isnull', False), ('closed_at', None)), fields=['phase', 'overdue_at', '-id', 'assignee', 'team', 'partner', 'kind', 'value', 'phase_entered_at'], name='case_on_board'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(condition=models.Q(('closed_at__isnull', False)), fields=['process', 'closed_at', 'outcome', 'assignee', 'team', 'partner', 'kind', 'value'], name='case_ended'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(condition=models.Q(('overdue_at__isnull', False)), fields=['overdue_at', 'id'], name='case_overdue'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(fields=['kind', 'score', 'id'], name='case_by_score'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(fields=['kind', 'value', 'id'], name='case_by_value'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(condition=models.Q(('closed_at', None)), fields=['kind', 'sort_name', 'id'], name='case_by_name'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(condition=models.Q(('closed_at__isnull', False), ('joined_to', None)), fields=['kind', 'sort_name', 'id'], name='case_done_by_name'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(condition=models.Q(('closed_at__isnull', False), ('joined_to', None)), fields=['kind', 'outcome', 'id'], name='case_done_by_outcome'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(condition=models.Q(('closed_at', None)), fields=['kind', 'overdue_at', 'id'], name='case_by_due'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(condition=models.Q(('account__isnull', False)), fields=['account'], name='case_account'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(condition=models.Q(('contact__isnull', False)), fields=['contact'], name='case_contact'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(condition=models.Q(('known_account__isnull', False)), fields=['known_account'], name='case_known_account'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(condition=models.Q(('known_contact__isnull', False)), fields=['known_contact'], name='case_known_contact'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(condition=models.Q(('lead_type__isnull', False)), fields=['lead_type'], name='case_lead_type'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(condition=models.Q(('product__isnull', False)), fields=['product'], name='case_product'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(condition=models.Q(('source__isnull', False)), fields=['source'], name='case_source'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(condition=models.Q(('campaign__isnull', False)), fields=['campaign'], name='case_campaign'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(condition=models.Q(('assignee__isnull', False)), fields=['assignee'], name='case_assignee'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(condition=models.Q(('team__isnull', False)), fields=['team'], name='case_team'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(condition=models.Q(('partner__isnull', False)), fields=['partner'], name='case_partner'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(condition=models.Q(('asked_person__isnull', False)), fields=['asked_person'], name='case_asked_person'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(condition=models.Q(('asked_team__isnull', False)), fields=['asked_team'], name='case_asked_team'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(condition=models.Q(('asked_partner__isnull', False)), fields=['asked_partner'], name='case_asked_partner'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(condition=models.Q(('process__isnull', False)), fields=['process'], name='case_process'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(condition=models.Q(('phase__isnull', False)), fields=['phase'], name='case_phase'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(condition=models.Q(('deferred_to_phase__isnull', False)), fields=['deferred_to_phase'], name='case_deferred_to_phase'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(condition=models.Q(('lost_reason__isnull', False)), fields=['lost_reason'], name='case_lost_reason'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(condition=models.Q(('joined_to__isnull', False)), fields=['joined_to'], name='case_joined_to'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(condition=models.Q(('hand_over_to__isnull', False)), fields=['hand_over_to'], name='case_hand_over_to'),
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('closed_at', None), ('outcome', '')), models.Q(('closed_at__isnull', False), models.Q(('outcome', ''), _negated=True)), _connector='OR'), name='case_closed_with_outcome'),
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('outcome', 'lost'), _negated=True), ('lost_reason__isnull', False), _connector='OR'), name='case_lost_with_reason'),
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.CheckConstraint(condition=models.Q(('joined_to', None), ('outcome', 'joined'), _connector='OR'), name='case_joined_is_closed'),
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.CheckConstraint(condition=models.Q(('phase', None), ('process__isnull', False), _connector='OR'), name='case_phase_has_process'),
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.CheckConstraint(condition=models.Q(('opened_by', None), ('kind', 'opportunity'), _connector='OR'), name='case_only_leads_open'),
        ),
        migrations.AddIndex(
            model_name='caseword',
            index=models.Index(fields=['case', 'word'], name='case_word_of_case'),
        ),
        migrations.AddIndex(
            model_name='inquiry',
            index=models.Index(condition=models.Q(('import_id__isnull', False)), fields=['import_id', 'row'], name='inquiry_of_import'),
        ),
    ]
