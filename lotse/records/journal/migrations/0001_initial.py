import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Act',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=40)),
                ('at', models.DateTimeField()),
                ('actor_kind', models.CharField(max_length=8)),
                ('actor_id', models.BigIntegerField(null=True)),
                ('undone_at', models.DateTimeField(null=True)),
                ('undone_by', models.BigIntegerField(null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['actor_id', '-id'], name='act_by_actor')],
            },
        ),
        migrations.CreateModel(
            name='Entry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('kind', models.CharField(max_length=48)),
                ('about_type', models.CharField(max_length=16)),
                ('about_id', models.BigIntegerField()),
                ('actor_kind', models.CharField(max_length=8)),
                ('actor_id', models.BigIntegerField(null=True)),
                ('data', models.JSONField(default=dict)),
                ('reasons', models.JSONField(default=list)),
                ('basis', models.JSONField(null=True)),
                ('before', models.JSONField(null=True)),
                ('act', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='entries', to='journal.act')),
                ('cause', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='effects', to='journal.entry')),
            ],
            options={
                'indexes': [models.Index(fields=['about_type', 'about_id', 'id'], name='entry_about'), models.Index(fields=['kind', 'at'], name='entry_kind_at')],
            },
        ),
    ]
