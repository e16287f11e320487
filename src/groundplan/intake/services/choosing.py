"""The mapping of an import: the given one, the remembered one, or the suggested one."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from groundplan.intake.contracts import FileSuggestion, Mapping, StagedFile, StageRule
from groundplan.intake.mapping.compile import select_sql
from groundplan.intake.mapping.toml import mapping_from_toml
from groundplan.intake.models import RememberedMapping
from groundplan.intake.suggest import doubts, suggest
from groundplan.intake.suggest.nonsense import nonsense
from groundplan.intake.tallying.contracts import Tally
from groundplan.intake.tallying.tally import tallied
from groundplan.intake.validating.stored_names import load_known_names
from groundplan.intake.workspace import Workspace
from groundplan.kernel.errors import InvalidInput
from groundplan.organisation.selectors import stages

LOOK = (
    "Say so in the wizard's step of columns or in a mapping (--map): what a mapping says is taken"
    " as it is."
)


@dataclass(frozen=True, slots=True)
class Choice:
    """A mapping, what it leaves out and why, and whether it is only `suggested`."""

    mapping: Mapping
    notes: tuple[str, ...] = ()
    suggested: bool = False


def chosen_mapping(source: str, files: dict[str, StagedFile], workspace: Workspace) -> Choice:
    """The one remembered for `source` if it fits the files, else the one they suggest.

    Raises InvalidInput where no file has all the columns that a table needs.
    """
    remembered = remembered_mapping(source)
    if remembered is not None and fits(remembered, files, workspace):
        return given_mapping(remembered, files, workspace)
    suggestions, tally = _suggested(source, list(files.values()), workspace)
    mapping = tally.mapping
    fed = {table.file for table in mapping.tables} | {
        join.file for table in mapping.tables for join in table.joins
    }
    left = [each for each in suggestions if each.file not in fed]
    notes = tuple(dict.fromkeys(f"{each.file} is not taken: {_why(each)}" for each in left))
    if not mapping.tables:
        raise InvalidInput(
            " ".join(notes) or "No file feeds any table.",
            field="mapping",
            mend="Call the column that is meant by the missing name, or write a mapping:"
            " the guide to files tells how.",
        )
    if tally.faults:
        raise InvalidInput(
            " ".join(tally.faults),
            field="amount",
            mend="Say which column is the amount of a line, in the wizard's step of columns or as"
            " amount in a mapping (--map), or leave lines out there with skip: what a mapping says"
            " is taken, and the difference told.",
        )
    strange = nonsense(mapping, files, workspace.connection)
    if strange:
        raise InvalidInput(" ".join(strange), field="mapping", mend=LOOK)
    told = (*notes, *tally.notes, *doubts(suggestions, mapping, files))
    return Choice(mapping, told, suggested=True)


def given_mapping(mapping: Mapping, files: dict[str, StagedFile], workspace: Workspace) -> Choice:
    """A mapping that somebody chose is taken as it is; where its amounts differ from what the
    files themselves sum up to, that is told."""
    tally = tallied(mapping, files, workspace.connection, mends=False)
    return Choice(mapping, (*tally.faults, *tally.notes))


def remembered_mapping(source: str) -> Mapping | None:
    """The mapping of the source's last import."""
    kept = RememberedMapping.objects.filter(source__name=source).first()
    return mapping_from_toml(kept.toml) if kept else None


def suggested(
    source: str, files: Sequence[StagedFile], workspace: Workspace
) -> tuple[list[FileSuggestion], Mapping]:
    """What the files suggest, knowing what is in the book, with what people decided for earlier
    files of the source: what stages mean, which names are the same and which are not."""
    suggestions, tally = _suggested(source, files, workspace)
    return suggestions, tally.mapping


def _suggested(
    source: str, files: Sequence[StagedFile], workspace: Workspace
) -> tuple[list[FileSuggestion], Tally]:
    """The same, with what the files say of the amounts."""
    known = load_known_names(workspace.connection, files, source)
    suggestions, mapping = suggest(files, workspace.connection, known)
    before = remembered_mapping(source) or Mapping(())
    told = before.stages | _stages_known()
    folded = {name.casefold(): rule for name, rule in told.items()}
    rules = {name: folded.get(name.casefold(), rule) for name, rule in mapping.stages.items()}
    mapping = replace(mapping, stages=rules, aliases=before.aliases, apart=before.apart)
    named = {file.name: file for file in files}
    return suggestions, tallied(mapping, named, workspace.connection, mends=True)


def _stages_known() -> dict[str, StageRule]:
    """What the organisation says of its stages: no file changes that."""
    rules = {}
    for stage in stages():
        usual = float(stage.probability) if stage.outcome == "open" else None
        rules[stage.name] = StageRule(stage.outcome, usual)  # type: ignore[arg-type]  # one of them
    return rules


def _why(suggestion: FileSuggestion) -> str:
    if suggestion.missing:
        return f"as {suggestion.table or 'any table'} it lacks {', '.join(suggestion.missing)}."
    return suggestion.because or "it looks like no table."


def fits(mapping: Mapping, files: dict[str, StagedFile], workspace: Workspace) -> bool:
    """Do all of the mapping's files and columns exist, and does it leave no file out?"""
    named = {table.file for table in mapping.tables} | {
        join.file for table in mapping.tables for join in table.joins
    }
    if not set(files) <= named | set(mapping.ignored):
        return False
    try:
        for table in mapping.tables:
            select_sql(table, files, workspace.connection)
    except InvalidInput:
        return False
    return True
