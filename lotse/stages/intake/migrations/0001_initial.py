import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('catalog', '0001_initial'),
        ('journal', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Import',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=200)),
                ('file_hash', models.CharField(max_length=64)),
                ('size', models.BigIntegerField()),
                ('created_at', models.DateTimeField()),
                ('shape', models.JSONField()),
                ('columns', models.JSONField()),
                ('notation', models.JSONField()),
                ('asks_date', models.CharField(blank=True, max_length=40)),
                ('total', models.PositiveIntegerField()),
                ('state', models.CharField(choices=[('draft', 'being prepared'), ('waiting', 'waiting'), ('running', 'under way'), ('done', 'finished')], default='draft', max_length=7)),
                ('position', models.PositiveIntegerField(default=0)),
                ('rows', models.PositiveIntegerField(default=0)),
                ('already_there', models.PositiveIntegerField(default=0)),
                ('started_at', models.DateTimeField(null=True)),
                ('finished_at', models.DateTimeField(null=True)),
                ('lease_until', models.DateTimeField(null=True)),
                ('act', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='journal.act')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='imports', to=settings.AUTH_USER_MODEL)),
                ('campaign', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalog.campaign')),
                ('source', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalog.leadsource')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('state__in', ['waiting', 'running'])), fields=['id'], name='import_due'), models.Index(fields=['file_hash', '-id'], name='import_of_file')],
                'constraints': [models.CheckConstraint(condition=models.Q(('rows__lte', models.F('total'))), name='import_no_more_rows_than_there_are'), models.CheckConstraint(condition=models.Q(('already_there__lte', models.F('rows'))), name='import_parts_within_rows')],
            },
        ),
    ]
