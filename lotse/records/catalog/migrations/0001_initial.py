import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('people', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Campaign',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120, unique=True, verbose_name='name')),
                ('from_on', models.DateField(blank=True, null=True, verbose_name='from')),
                ('until_on', models.DateField(blank=True, null=True, verbose_name='until')),
                ('cost', models.DecimalField(blank=True, decimal_places=2, max_digits=12, null=True, verbose_name='cost')),
                ('is_active', models.BooleanField(default=True, verbose_name='active')),
            ],
        ),
        migrations.CreateModel(
            name='LeadSource',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.SlugField(unique=True, verbose_name='key')),
                ('name', models.CharField(max_length=80, verbose_name='name')),
                ('is_active', models.BooleanField(default=True, verbose_name='active')),
            ],
        ),
        migrations.CreateModel(
            name='Process',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name_de', models.CharField(max_length=80, verbose_name='name (German)')),
                ('name_en', models.CharField(blank=True, max_length=80, verbose_name='name (English)')),
                ('key', models.SlugField(unique=True, verbose_name='key')),
                ('kind', models.CharField(choices=[('lead', 'lead process'), ('opportunity', 'sales process')], max_length=11, verbose_name='kind')),
                ('is_active', models.BooleanField(default=True, verbose_name='active')),
                ('position', models.PositiveSmallIntegerField(default=0)),
                ('follow_up_since', models.DateTimeField(blank=True, null=True, verbose_name='follow-up since')),
                ('interval_number', models.PositiveSmallIntegerField(default=1, verbose_name='every')),
                ('interval_unit', models.CharField(choices=[('day', 'days'), ('week', 'weeks'), ('month', 'months')], default='week', max_length=5, verbose_name='unit')),
                ('starts_again', models.BooleanField(default=True, verbose_name='a new series when an appointment or task has passed')),
                ('version', models.PositiveIntegerField(default=1)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ProductLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name_de', models.CharField(max_length=80, verbose_name='name (German)')),
                ('name_en', models.CharField(blank=True, max_length=80, verbose_name='name (English)')),
                ('key', models.SlugField(unique=True, verbose_name='key')),
                ('icon', models.SlugField(default='box', max_length=24, verbose_name='sign')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Product',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120, unique=True, verbose_name='name')),
                ('number', models.CharField(blank=True, max_length=40, verbose_name='number')),
                ('is_active', models.BooleanField(default=True, verbose_name='active')),
                ('line', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='products', to='catalog.productline')),
            ],
        ),
        migrations.CreateModel(
            name='Reason',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name_de', models.CharField(max_length=80, verbose_name='name (German)')),
                ('name_en', models.CharField(blank=True, max_length=80, verbose_name='name (English)')),
                ('use', models.CharField(choices=[('lost', 'closing unsuccessfully'), ('declined', 'declining')], max_length=8, verbose_name='used for')),
                ('key', models.SlugField(verbose_name='key')),
                ('needs_comment', models.BooleanField(default=False, verbose_name='asks for a word on it')),
                ('is_active', models.BooleanField(default=True, verbose_name='active')),
                ('position', models.PositiveSmallIntegerField(default=0)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('use', 'key'), name='reason_once')],
            },
        ),
        migrations.CreateModel(
            name='Phase',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name_de', models.CharField(max_length=80, verbose_name='name (German)')),
                ('name_en', models.CharField(blank=True, max_length=80, verbose_name='name (English)')),
                ('position', models.PositiveSmallIntegerField()),
                ('kind', models.CharField(choices=[('open', 'open'), ('won', 'won'), ('lost', 'lost')], default='open', max_length=4, verbose_name='kind')),
                ('duration_number', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='duration')),
                ('duration_unit', models.CharField(blank=True, choices=[('hour', 'hours'), ('day', 'days'), ('week', 'weeks'), ('month', 'months')], max_length=5, verbose_name='unit')),
                ('probability', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='probability')),
                ('colour', models.CharField(default='1', max_length=4, verbose_name='colour')),
                ('only_managers_leave', models.BooleanField(default=False, verbose_name='only managers may move out')),
                ('required_fields', models.JSONField(blank=True, default=list, verbose_name='required fields')),
                ('process', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='phases', to='catalog.process')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('duration_number', None), ('duration_unit', '')), models.Q(('duration_number__gte', 1), ('duration_unit__in', ['hour', 'day', 'week', 'month'])), _connector='OR'), name='phase_duration_whole')],
            },
        ),
        migrations.CreateModel(
            name='LeadType',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name_de', models.CharField(max_length=80, verbose_name='name (German)')),
                ('name_en', models.CharField(blank=True, max_length=80, verbose_name='name (English)')),
                ('key', models.SlugField(unique=True, verbose_name='key')),
                ('opens', models.CharField(choices=[('lead', 'a lead, to be qualified first'), ('opportunity', 'an opportunity at once')], default='lead', max_length=11, verbose_name='acceptance opens')),
                ('decline_needs_reason', models.BooleanField(default=True, verbose_name='declining needs a reason')),
                ('keeps_contact_back', models.BooleanField(default=True, verbose_name='contact details only after accepting')),
                ('decline_needs_comment', models.BooleanField(default=False, verbose_name='declining needs a comment')),
                ('offer_hours', models.PositiveSmallIntegerField(default=24, verbose_name='opening hours to answer')),
                ('first_activity_hours', models.PositiveSmallIntegerField(default=24, verbose_name='opening hours until the first activity')),
                ('is_active', models.BooleanField(default=True, verbose_name='active')),
                ('is_default', models.BooleanField(default=False, verbose_name='where nothing else is said')),
                ('processes', models.ManyToManyField(blank=True, related_name='lead_types', to='catalog.process')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('is_default', True)), fields=('is_default',), name='one_default_lead_type')],
            },
        ),
        migrations.CreateModel(
            name='SalesArea',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('country', models.CharField(max_length=2, verbose_name='country')),
                ('postcode_from', models.CharField(max_length=10, verbose_name='postcode from')),
                ('postcode_until', models.CharField(max_length=10, verbose_name='postcode to')),
                ('partner', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='areas', to='people.partner')),
                ('team', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='areas', to='people.team')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('partner', None), ('team__isnull', False)), models.Q(('partner__isnull', False), ('team', None)), _connector='OR'), name='area_has_one_holder')],
            },
        ),
    ]
