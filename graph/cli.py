"""The command line: parse, call, print. Whatever a command does, the library does."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path
from typing import Annotated

import typer

from graph import __version__
from graph.errors import CasegraphError, UsageError

app = typer.Typer(
    name="casegraph",
    help="Turn the reports and tables of a case into a graph in which every line is a claim with its source and exact words.",
    no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)

CaseArgument = Annotated[Path | None, typer.Argument(metavar="[CASE]", help="The case folder. Default: this folder if it is a case, else seeds/.")]
ExportOption = Annotated[Path, typer.Option("-e", "--export", help="The folder of the export.")]


def _case(folder: Path | None) -> Path:
    from graph.case import is_case

    return folder or (Path() if is_case(Path()) else Path("seeds"))


@app.command()
def add(
    documents: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Documents to copy into the case.")],
    case: Annotated[Path | None, typer.Option("--case", help="The case folder. Default: this folder if it is a case, else seeds/.")] = None,
    url: Annotated[str, typer.Option(help="Where the document is from; it is written down, never opened.")] = "",
) -> None:
    """Copy documents into the case, with their hash, the time and where they are from."""
    from graph import console, curation
    from graph.case import open_case

    for added in curation.add(open_case(_case(case)), documents, url):
        console.say(f"{added.id}  {added.file}  {added.sha256}")


@app.command()
def build(
    case: CaseArgument = None,
    out: Annotated[Path, typer.Option("-o", "--out", help="The folder that the graph is written to.")] = Path("exports"),
    format_: Annotated[list[str] | None, typer.Option("--format", help="Write only this format; may be given several times.")] = None,
    audience: Annotated[str, typer.Option(help="Who will see it: internal, partner or public. Protected people are left out for the last two.")] = "internal",
    k: Annotated[int, typer.Option("--k", min=1, help="Refuse an export in which fewer than this many people resemble a protected person.")] = 5,
    jobs: Annotated[int, typer.Option("-j", "--jobs", min=1, max=256, help="Read documents in this many processes.")] = 1,
    extractor: Annotated[str | None, typer.Option(help="What reads the documents: rules (default), llm, or rules+llm.")] = None,
    endpoint: Annotated[str | None, typer.Option(help="For llm: the address of an OpenAI-compatible server.")] = None,
    model: Annotated[str | None, typer.Option(help="For llm: the model's name there.")] = None,
    allow_remote: Annotated[bool, typer.Option("--allow-remote", help="For llm: the server may be another machine; your documents' text goes there.")] = False,
    no_quotes: Annotated[bool, typer.Option("--no-quotes", help="Leave the words of the sources out of every file.")] = False,
) -> None:
    """Read the case, extract statements, and write the graph, the page and the report."""
    signal.signal(signal.SIGINT, _stop)
    from graph import console, pipeline

    chosen = {"name": extractor, "endpoint": endpoint, "model": model, "allow_remote": allow_remote or None}
    with console.progress() as progress:
        summary = pipeline.build(_case(case), out, formats=format_, audience=audience, k=k, jobs=jobs, quotes=not no_quotes, extractor=chosen, announce=console.complain, progress=progress)
    console.print_summary(summary)


@app.command()
def check(
    case: CaseArgument = None,
    rdf: Annotated[Path | None, typer.Option(metavar="EXPORT", help="Check the RDF of this export instead of the tables of a case.")] = None,
) -> None:
    """Check the tables of a case, or the RDF of an export; every problem is shown at once."""
    from graph import console, pipeline

    if rdf is not None:
        console.say(pipeline.check_rdf(rdf))
        return
    tables = pipeline.check(_case(case))
    console.say(f"No problems: {len(tables.sources)} sources, {len(tables.entities)} entities, "
                f"{len(tables.statements)} statements, {len(tables.decisions)} decisions.")


@app.command()
def diff(
    old: Annotated[Path, typer.Argument(help="The folder of the earlier export.")],
    new: Annotated[Path, typer.Argument(help="The folder of the later one.")],
) -> None:
    """Say which statements came, went or changed between two exports."""
    from graph import console
    from graph.query import diff as differences

    console.write(differences.to_text(differences.between(old, new), console.width()))


@app.command()
def export(
    format_: Annotated[str, typer.Argument(metavar="FORMAT", help="ftm, gexf, jsonld, nanopub, neo4j, nquads, rdf12, rdfxml, trig, webannotation, or one that build makes.")],
    folder: Annotated[Path, typer.Argument(metavar="[EXPORT|CASE]", help="The folder of an export, or a case.")] = Path("exports"),
    out: Annotated[Path | None, typer.Option("-o", "--out", help="The file to write. Default: the format's own name, here.")] = None,
    audience: Annotated[str, typer.Option(help="Of a case: who will see it: internal, partner or public. Default: internal.", show_default=False)] = "",
    statement: Annotated[list[str] | None, typer.Option("--statement", help="Only the statement with this id; may be given several times.")] = None,
) -> None:
    """Write an export or a case in another format."""
    from graph import console, pipeline

    console.say(str(pipeline.export_as(format_, folder, out, audience=audience, only=statement or ())))


@app.command()
def path(
    left: Annotated[str, typer.Argument(metavar="A", help="A name, or part of one.")],
    right: Annotated[str, typer.Argument(metavar="B", help="Another.")],
    export: ExportOption = Path("exports"),
) -> None:
    """Show how two are linked, statement by statement."""
    from graph import console
    from graph.query import paths

    console.write(paths.to_text(paths.between(export, left, right), console.width()))


@app.command()
def query(
    query: Annotated[str, typer.Argument(help="A saved question, a .rq file, or a SPARQL query.")],
    set_: Annotated[list[str] | None, typer.Option("--set", metavar="NAME=VALUE", help="A value of a parameter; names are found loosely.")] = None,
    export: ExportOption = Path("exports"),
    format_: Annotated[str, typer.Option("--format", help="table, csv, tsv, json, xml, turtle or ntriples.")] = "table",
    seconds: Annotated[float, typer.Option(help="Stop after this long.")] = 10,
    rows: Annotated[int, typer.Option(min=1, help="Give at most so many rows.")] = 100_000,
) -> None:
    """Ask an export a question."""
    from graph import console
    from graph.query import asking

    answer = asking.ask(export, query, asking.pairs(set_ or []), format_, asking.Limits(seconds=seconds, rows=rows), console.width())
    console.write(answer.text)
    if answer.more:
        console.complain(f"There are more rows than these {rows:,}: raise --rows, or ask for less.")


@app.command()
def questions() -> None:
    """List the saved questions and what each needs."""
    from graph import console
    from graph.query import asking

    console.write(asking.listing(console.width()))


@app.command()
def init(folder: Annotated[Path, typer.Argument(metavar="DIR", help="The folder to make; one that holds documents already is fine.")]) -> None:
    """Make a new, empty case with tables and a README that explains them. No file is ever overwritten."""
    from graph import console
    from graph.curation import template

    made = template.create(folder)
    for name in made.written:
        console.say(f"{folder / name}")
    for name in made.kept:
        console.say(f"{folder / name} was there and is unchanged")
    console.say(f"Put documents into {folder / 'reports'}, rows into the tables, and run: casegraph build {folder}")


@app.command()
def evaluate(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="Annotated documents: NAME.json beside NAME.txt (docs/evaluation.md).")],
    extractor: Annotated[str, typer.Option(help="What to measure: rules, llm, or rules+llm.")] = "rules",
    endpoint: Annotated[str | None, typer.Option(help="For llm: the address of an OpenAI-compatible server.")] = None,
    model: Annotated[str | None, typer.Option(help="For llm: the model's name there.")] = None,
    allow_remote: Annotated[bool, typer.Option("--allow-remote", help="For llm: the server may be another machine.")] = False,
    missed: Annotated[bool, typer.Option("--missed", help="List what was not found.")] = False,
) -> None:
    """Measure an extractor on documents that you have annotated."""
    from graph import console, pipeline

    figures = pipeline.evaluate(folder, {"name": extractor, "endpoint": endpoint, "model": model, "allow_remote": allow_remote or None})
    for line in [*figures.lines(), *(figures.missed if missed else [])]:
        console.say(line)


@app.command()
def review(
    case: CaseArgument = None,
    list_: Annotated[bool, typer.Option("--list", help="Only list what is open, most valuable first.")] = False,
    by: Annotated[str, typer.Option(help="Who decides; it is written down with each answer.")] = "",
    in_turn: Annotated[bool, typer.Option("--in-turn", help="Show one side after the other, for a screen that is read aloud.")] = False,
    extractor: Annotated[str | None, typer.Option(help="As for build: what read the documents.")] = None,
    endpoint: Annotated[str | None, typer.Option(help="As for build.")] = None,
    model: Annotated[str | None, typer.Option(help="As for build.")] = None,
    allow_remote: Annotated[bool, typer.Option("--allow-remote", help="As for build.")] = False,
) -> None:
    """Answer what only a person can tell: whether two are one, whether a doubtful statement holds."""
    from datetime import UTC, datetime

    from graph import console
    from graph import review as reviewing

    chosen = {"name": extractor, "endpoint": endpoint, "model": model, "allow_remote": allow_remote or None}
    with console.progress() as progress:
        opened = reviewing.prepare(_case(case), progress, extractor=chosen, announce=console.complain)
    if list_:
        console.write(reviewing.listing(opened))
        return
    if not opened.questions:
        console.say("Nothing is open.")
        return
    count = reviewing.run(opened, input, console.say, by=by, on=datetime.now(UTC).date().isoformat(), width=console.width(), in_turn=in_turn)
    console.say(f"{count} answer{'s' * (count != 1)} written to decisions.csv. They count from the next build.")


@app.command()
def verify(case: CaseArgument = None) -> None:
    """Hold every document against the hash that was written down when it came in."""
    from graph import console, pipeline

    problems = pipeline.verify(_case(case))
    for problem in problems:
        console.say(str(problem))
    if problems:
        raise typer.Exit(1)
    console.say("Every document is as it came in.")


@app.command()
def serve(
    export: Annotated[Path, typer.Argument(metavar="[EXPORT]", help="The folder of the export.")] = Path("exports"),
    port: Annotated[int, typer.Option(min=1, max=65535, help="The port on this machine.")] = 7878,
) -> None:
    """Answer SPARQL queries on this machine only, for reading, with a page to ask from."""
    from graph import console

    try:
        from graph.query import serve as server
    except ImportError as error:
        raise UsageError("`casegraph serve` needs more than is installed: pip install 'casegraph[serve]'.") from error
    application = server.app(export, port)
    console.complain(f"http://127.0.0.1:{port}/ (end with Ctrl-C)")
    server.run(application, port)


@app.command()
def show(
    name: Annotated[str, typer.Argument(help="A name, or part of one.")],
    export: ExportOption = Path("exports"),
) -> None:
    """Show somebody or something with every statement about it and its words."""
    from graph import console
    from graph.query import entity

    console.write(entity.to_text(entity.show(export, name), console.width()))


@app.command()
def view(export: Annotated[Path, typer.Argument(metavar="[EXPORT]", help="The folder of an export, or its page.")] = Path("exports")) -> None:
    """Open the page of an export in the browser."""
    from graph import files

    files.recover(export)
    page = export if export.suffix == ".html" else export / "graph.html"
    if not page.is_file():
        raise UsageError(f"There is no page {page}. Make it with `casegraph build`.")
    typer.launch(page.resolve().as_uri())


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"casegraph {__version__}")
        raise typer.Exit


@app.callback()
def _options(_version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and exit.")] = False) -> None:
    """Turn the reports and tables of a case into a graph in which every line is a claim with its source and exact words."""


class _Stopped(BaseException):
    """Ctrl-C. It is no KeyboardInterrupt, for which libraries have words and exit codes of their own."""


def _stop(*_: object) -> None:
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # who presses it twice does not wait for what is tidied up
    raise _Stopped


def main() -> None:
    """Run the command; what goes wrong is one clear message, exit code 1 (2 for wrong usage), never a traceback."""
    from graph import console

    console.quiet()
    try:
        app()
    except _Stopped:
        from graph import console

        console.complain("Stopped. What was read is kept, and the last export is whole.")
        sys.exit(130)
    except CasegraphError as error:
        console.complain(str(error))
        sys.exit(2 if isinstance(error, UsageError) else 1)
    except KeyboardInterrupt:  # before or after the command itself
        sys.exit(130)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except (OSError, MemoryError, RecursionError) as error:
        console.complain(console.explain(error))
        sys.exit(1)


if __name__ == "__main__":
    main()
