
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('sources', '0003_merges_kept'),
    ]

    operations = [
        migrations.AlterField(
            model_name='sourcekey',
            name='source',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to='sources.sourcesystem'),
        ),
    ]
