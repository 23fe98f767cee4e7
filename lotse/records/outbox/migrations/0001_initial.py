import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Message',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=120, unique=True)),
                ('channel', models.CharField(default='mail', max_length=12)),
                ('kind', models.CharField(max_length=40)),
                ('to_address', models.CharField(max_length=254)),
                ('language', models.CharField(max_length=2)),
                ('case_id', models.BigIntegerField(null=True)),
                ('data', models.JSONField(default=dict)),
                ('state', models.CharField(choices=[('ready', 'waiting'), ('sending', 'being sent'), ('sent', 'sent'), ('rejected', 'refused'), ('unknown', 'in doubt'), ('skipped', 'not sent'), ('cancelled', 'cancelled'), ('bounced', 'came back')], default='ready', max_length=10)),
                ('doubt', models.CharField(choices=[('resend', 'send once more'), ('leave', 'leave it')], default='resend', max_length=6)),
                ('created_at', models.DateTimeField()),
                ('not_before', models.DateTimeField()),
                ('lease_until', models.DateTimeField(null=True)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('resent', models.PositiveSmallIntegerField(default=0)),
                ('settled_at', models.DateTimeField(null=True)),
                ('answer', models.CharField(blank=True, max_length=300)),
                ('to_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('state', 'ready')), fields=['not_before', 'id'], name='message_waiting'), models.Index(condition=models.Q(('state', 'sending')), fields=['lease_until'], name='message_sending'), models.Index(fields=['case_id', 'id'], name='message_of_case')],
            },
        ),
        migrations.CreateModel(
            name='Notice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=48)),
                ('data', models.JSONField(default=dict)),
                ('case_id', models.BigIntegerField(null=True)),
                ('created_at', models.DateTimeField()),
                ('read_at', models.DateTimeField(null=True)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notices', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['user', '-id'], name='notice_of_user'), models.Index(condition=models.Q(('read_at', None)), fields=['user'], name='notice_unread')],
            },
        ),
    ]
