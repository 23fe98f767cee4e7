import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('cases', '0001_initial'),
        ('people', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Lock',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ],
        ),
        migrations.CreateModel(
            name='AssignmentRule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField()),
                ('name_de', models.CharField(blank=True, max_length=80, verbose_name='name (German)')),
                ('name_en', models.CharField(blank=True, max_length=80, verbose_name='name (English)')),
                ('is_on', models.BooleanField(default=True, verbose_name='on')),
                ('switched_at', models.DateTimeField()),
                ('conditions', models.JSONField(blank=True, default=list, verbose_name='conditions')),
                ('target', models.CharField(choices=[('owner', 'whoever looks after the customer'), ('user', 'one person'), ('team', 'a team'), ('partner', 'a sales partner'), ('area', 'the partner or team in the sales area')], max_length=8, verbose_name='to whom')),
                ('strategy', models.CharField(choices=[('round_robin', 'in turn'), ('least_busy', 'whoever has the fewest open'), ('whole', 'all of them, the first to accept gets it')], default='round_robin', max_length=11, verbose_name='who of them')),
                ('by_offer', models.BooleanField(default=True, verbose_name='as an offer')),
                ('offer_hours', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='opening hours to answer')),
                ('tries', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='attempts, then the next rule')),
                ('target_partner', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.partner')),
                ('target_team', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.team')),
                ('target_user', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Ask',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('person', 'person'), ('team', 'team'), ('partner', 'partner')], max_length=7)),
                ('target_id', models.BigIntegerField()),
                ('at', models.DateTimeField()),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='asks', to='cases.case')),
                ('rule', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='assignment.assignmentrule')),
            ],
        ),
        migrations.CreateModel(
            name='RuleVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField(unique=True)),
                ('rules', models.JSONField()),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Turn',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('person', 'person'), ('team', 'team'), ('partner', 'partner')], max_length=7)),
                ('target_id', models.BigIntegerField()),
                ('credit', models.IntegerField()),
                ('rule', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='turns', to='assignment.assignmentrule')),
            ],
        ),
        migrations.CreateModel(
            name='Waiting',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('since_at', models.DateTimeField()),
                ('by_hand', models.BooleanField(default=False)),
                ('said', models.CharField(max_length=32)),
                ('after_asks', models.PositiveIntegerField(default=0)),
                ('case', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='waiting', to='cases.case')),
            ],
        ),
        migrations.AddConstraint(
            model_name='assignmentrule',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('target', 'user'), ('target_partner', None), ('target_team', None), ('target_user__isnull', False)), models.Q(('target', 'team'), ('target_partner', None), ('target_team__isnull', False), ('target_user', None)), models.Q(('target', 'partner'), ('target_partner__isnull', False), ('target_team', None), ('target_user', None)), models.Q(('target__in', ['owner', 'area']), ('target_partner', None), ('target_team', None), ('target_user', None)), _connector='OR'), name='rule_names_its_target'),
        ),
        migrations.AddConstraint(
            model_name='assignmentrule',
            constraint=models.CheckConstraint(condition=models.Q(('by_offer', True), models.Q(models.Q(('target', 'area'), _negated=True), models.Q(('strategy', 'whole'), _negated=True)), _connector='OR'), name='rule_for_many_is_an_offer'),
        ),
        migrations.AddConstraint(
            model_name='assignmentrule',
            constraint=models.CheckConstraint(condition=models.Q(('offer_hours', None), ('offer_hours__gte', 1), _connector='OR'), name='rule_offer_hours'),
        ),
        migrations.AddConstraint(
            model_name='assignmentrule',
            constraint=models.CheckConstraint(condition=models.Q(('tries', None), ('tries__gte', 1), _connector='OR'), name='rule_tries'),
        ),
        migrations.AddIndex(
            model_name='ask',
            index=models.Index(fields=['kind', 'target_id', 'at'], name='ask_of_target'),
        ),
        migrations.AddConstraint(
            model_name='turn',
            constraint=models.UniqueConstraint(fields=('rule', 'kind', 'target_id'), name='turn_once'),
        ),
    ]
