package dev.bes.cli.service;

import dev.bes.api.installation.AuditJson;
import dev.bes.api.installation.AuditJson.AuditEntryJson;
import dev.bes.cli.output.Colour;
import dev.bes.cli.output.Table;
import dev.bes.cli.session.ExitCode;
import dev.bes.cli.session.PageOptions;
import dev.bes.cli.session.Session;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bes audit}: who changed what, who signed in, what was refused. */
@Command(
        name = "audit",
        description = "Lists the audit, newest first. Administrators only.",
        footer = {"  bes audit --refused", "  bes audit --actor user:alice --from 2026-11-01 -o json"})
public final class AuditCommand implements Callable<Integer> {
    private static final Table<AuditEntryJson> ENTRIES = Table.<AuditEntryJson>of()
            .with("at", AuditEntryJson::at)
            .with(
                    "outcome",
                    AuditEntryJson::outcome,
                    one -> one.outcome().equals("refused") ? Colour.RED : Colour.GREEN)
            .with("action", AuditEntryJson::action)
            .with("actor", AuditEntryJson::actor)
            .with("object", AuditEntryJson::object)
            .with("address", AuditEntryJson::address)
            .with("before", AuditEntryJson::before)
            .with("after", AuditEntryJson::after);

    @Option(names = "--actor", paramLabel = "KIND:NAME", description = "Only by this actor, such as user:alice.")
    private @Nullable String actor;

    @Option(names = "--action", paramLabel = "WORD", description = "Only this action, such as run.cancelled.")
    private @Nullable String action;

    @Option(names = "--object", paramLabel = "OBJECT", description = "Only about this object, such as 'run 17'.")
    private @Nullable String object;

    @Option(names = "--definition", paramLabel = "NAME", description = "Only of this definition.")
    private @Nullable String definition;

    @Option(names = "--refused", description = "Only what was refused.")
    private boolean refused;

    @Option(names = "--from", paramLabel = "DAY", description = "From this day or time on, in UTC.")
    private @Nullable String from;

    @Option(names = "--to", paramLabel = "DAY", description = "Up to this day, included, or this time, in UTC.")
    private @Nullable String to;

    @Mixin
    private PageOptions page = new PageOptions();

    private final Session session;

    /** The command, over a session. */
    public AuditCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        AuditJson found = session.api()
                .audit(
                        actor,
                        action,
                        object,
                        definition,
                        refused ? "refused" : null,
                        from,
                        to,
                        page.cursor(),
                        page.limit());
        session.printer().rows(found, found.entries(), ENTRIES, "No entry matches.");
        page.tellNext(session, found.next());
        return ExitCode.FINISHED;
    }
}
