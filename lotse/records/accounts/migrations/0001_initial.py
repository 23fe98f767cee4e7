import django.db.models.deletion
import lotse.records.accounts.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('people', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Account',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('street', models.CharField(blank=True, max_length=160, verbose_name='street')),
                ('postcode', models.CharField(blank=True, max_length=12, verbose_name='postcode')),
                ('city', models.CharField(blank=True, max_length=80, verbose_name='city')),
                ('country', models.CharField(blank=True, max_length=2, verbose_name='country')),
                ('name', models.CharField(max_length=160, verbose_name='name')),
                ('phone', models.CharField(blank=True, max_length=60, verbose_name='phone')),
                ('email', models.CharField(blank=True, max_length=254, verbose_name='e-mail')),
                ('website', models.CharField(blank=True, max_length=160, verbose_name='website')),
                ('vat_number', models.CharField(blank=True, max_length=24, verbose_name='VAT number')),
                ('customer_number', models.CharField(blank=True, max_length=40, verbose_name='customer number')),
                ('created_at', models.DateTimeField(verbose_name='created at')),
                ('version', models.PositiveIntegerField(default=1)),
                ('owner', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='accounts', to=settings.AUTH_USER_MODEL)),
                ('partner', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, to='people.partner')),
                ('team', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, to='people.team')),
            ],
        ),
        migrations.CreateModel(
            name='Contact',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('street', models.CharField(blank=True, max_length=160, verbose_name='street')),
                ('postcode', models.CharField(blank=True, max_length=12, verbose_name='postcode')),
                ('city', models.CharField(blank=True, max_length=80, verbose_name='city')),
                ('country', models.CharField(blank=True, max_length=2, verbose_name='country')),
                ('salutation', models.CharField(blank=True, max_length=20, verbose_name='salutation')),
                ('title', models.CharField(blank=True, max_length=40, verbose_name='title')),
                ('first_name', models.CharField(blank=True, max_length=80, verbose_name='first name')),
                ('last_name', models.CharField(blank=True, max_length=80, verbose_name='last name')),
                ('position', models.CharField(blank=True, max_length=80, verbose_name='position')),
                ('email', models.CharField(blank=True, max_length=254, verbose_name='e-mail')),
                ('phone', models.CharField(blank=True, max_length=60, verbose_name='phone')),
                ('mobile', models.CharField(blank=True, max_length=60, verbose_name='mobile')),
                ('language', models.CharField(blank=True, max_length=2, verbose_name='language')),
                ('created_at', models.DateTimeField(verbose_name='created at')),
                ('version', models.PositiveIntegerField(default=1)),
                ('account', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='contacts', to='accounts.account')),
                ('owner', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='contacts', to=settings.AUTH_USER_MODEL)),
                ('partner', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, to='people.partner')),
                ('team', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, to='people.team')),
            ],
        ),
        migrations.CreateModel(
            name='Consent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('channel', models.CharField(choices=[('mail', 'e-mail'), ('phone', 'phone'), ('post', 'post')], max_length=5)),
                ('state', models.CharField(choices=[('unknown', 'none'), ('granted', 'agreed'), ('refused', 'refused')], max_length=7)),
                ('wording', models.TextField(blank=True)),
                ('proof', models.CharField(blank=True, max_length=200)),
                ('since_at', models.DateTimeField()),
                ('contact', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='consents', to='accounts.contact')),
            ],
        ),
        migrations.CreateModel(
            name='FormerValue',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('record_type', models.CharField(max_length=8)),
                ('record_id', models.BigIntegerField()),
                ('field', models.CharField(max_length=32)),
                ('value', models.TextField()),
                ('was_taken', models.BooleanField()),
                ('entry_id', models.BigIntegerField()),
                ('at', models.DateTimeField()),
            ],
            options={
                'indexes': [models.Index(fields=['record_type', 'record_id'], name='former_of_record'), models.Index(fields=['entry_id'], name='former_of_entry')],
            },
        ),
        migrations.CreateModel(
            name='MatchKey',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('of', models.PositiveSmallIntegerField(choices=[(1, 'Account'), (2, 'Contact'), (3, 'Case')])),
                ('key', models.BigIntegerField()),
                ('record_id', models.BigIntegerField()),
            ],
            options={
                'indexes': [models.Index(fields=['of', 'record_id'], name='match_key_of_record')],
                'constraints': [models.UniqueConstraint(fields=('of', 'key', 'record_id'), name='match_key_once')],
            },
        ),
        migrations.CreateModel(
            name='SearchWord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('of', models.PositiveSmallIntegerField(choices=[(1, 'Account'), (2, 'Contact'), (3, 'Case')])),
                ('word', lotse.records.accounts.models.PlainField(max_length=40)),
                ('record_id', models.BigIntegerField()),
            ],
            options={
                'indexes': [models.Index(fields=['of', 'record_id', 'word'], name='search_word_of_record')],
                'constraints': [models.UniqueConstraint(fields=('of', 'word', 'record_id'), name='search_word_once')],
            },
        ),
        migrations.AddIndex(
            model_name='account',
            index=models.Index(fields=['name', 'id'], name='account_by_name'),
        ),
        migrations.AddIndex(
            model_name='contact',
            index=models.Index(fields=['last_name', 'first_name', 'id'], name='contact_by_name'),
        ),
        migrations.AddIndex(
            model_name='consent',
            index=models.Index(fields=['contact', 'channel', '-id'], name='consent_newest'),
        ),
    ]
