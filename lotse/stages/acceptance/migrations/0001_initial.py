import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('cases', '0001_initial'),
        ('catalog', '0001_initial'),
        ('people', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Reservation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('until_at', models.DateTimeField()),
                ('case', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='reservation', to='cases.case')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Offer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('offered_at', models.DateTimeField()),
                ('deadline_at', models.DateTimeField()),
                ('remind_at', models.DateTimeField(null=True)),
                ('reminded_at', models.DateTimeField(null=True)),
                ('answer', models.CharField(blank=True, choices=[('accepted', 'accepted'), ('declined', 'declined'), ('ran_out', 'ran out'), ('withdrawn', 'withdrawn')], max_length=9)),
                ('answered_at', models.DateTimeField(null=True)),
                ('comment', models.TextField(blank=True, verbose_name='comment')),
                ('settled_at', models.DateTimeField(null=True)),
                ('answered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='offers', to='cases.case')),
                ('partner', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='offers', to='people.partner')),
                ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='offers', to=settings.AUTH_USER_MODEL)),
                ('reason', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalog.reason')),
                ('team', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='offers', to='people.team')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('settled_at', None)), fields=['case'], name='offer_unsettled'), models.Index(condition=models.Q(('answer', '')), fields=['person', 'deadline_at'], name='offer_to_person'), models.Index(condition=models.Q(('answer', '')), fields=['partner', 'deadline_at'], name='offer_to_partner')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('answer', '')), fields=('case',), name='one_standing_offer'), models.CheckConstraint(condition=models.Q(models.Q(('partner', None), ('person__isnull', False), ('team', None)), models.Q(('partner', None), ('person', None), ('team__isnull', False)), models.Q(('partner__isnull', False), ('person', None), ('team', None)), _connector='OR'), name='offer_to_one'), models.CheckConstraint(condition=models.Q(models.Q(('answer', ''), ('answered_at', None)), models.Q(models.Q(('answer', ''), _negated=True), ('answered_at__isnull', False)), _connector='OR'), name='offer_answered_at')],
            },
        ),
        migrations.CreateModel(
            name='Start',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('due_at', models.DateTimeField()),
                ('settled_at', models.DateTimeField(null=True)),
                ('case', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='start', to='cases.case')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('settled_at', None)), fields=['due_at'], name='start_due')],
            },
        ),
    ]
