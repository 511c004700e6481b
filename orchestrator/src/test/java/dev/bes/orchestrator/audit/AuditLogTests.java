package dev.bes.orchestrator.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.bes.orchestrator.database.transaction.Transactions;
import dev.bes.orchestrator.definition.Definition;
import dev.bes.orchestrator.definition.DefinitionScope;
import dev.bes.orchestrator.definition.Definitions;
import dev.bes.orchestrator.node.Node;
import dev.bes.orchestrator.run.DatabaseFixture;
import dev.bes.orchestrator.run.RunBuilder;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The rows of the audit, without a node. */
class AuditLogTests {
    private final DatabaseFixture database = DatabaseFixture.withConnections(2);
    private final AuditLog log = new AuditLog(database.jdbc(), new Node("n"), InstantSource.system());
    private final AuditReader reader = new AuditReader(database.jdbc());

    private List<AuditRow> rows() {
        return reader.list(new AuditFilter(DefinitionScope.ALL, null, null, null, null, null, null, null, null), 100);
    }

    @Test
    void keepsFiveHundredCharactersOfEachTextWhateverTheyAre() {
        // four bytes each, and nothing to compress: as much as an index has to hold
        String longest = new Random(1)
                .ints(AuditLog.LONGEST, 0x20000, 0x2A6DF)
                .mapToObj(Character::toString)
                .collect(Collectors.joining());

        log.allowed(Action.USER_ADDED, longest, longest, null, longest, longest);
        log.allowed(Action.USER_ADDED, longest + "x", longest + "x", null, longest + "x", longest + "x\0");

        String cut = longest.substring(0, longest.offsetByCodePoints(0, AuditLog.LONGEST - 1)) + "…";
        assertThat(rows())
                .extracting(AuditRow::actor, AuditRow::object, AuditRow::before, AuditRow::after)
                .containsExactly(tuple(cut, cut, cut, cut), tuple(longest, longest, longest, longest));
    }

    @Test
    void recordsOfANodeItsStartItsEndAndTheDefinitionsThatDifferFromThoseLoadedBefore() {
        start("a", definition("kept", "one"), definition("changed", "one"), definition("removed", "one"))
                .stop();
        int before = rows().size();

        start("b", definition("kept", "one"), definition("changed", "two"), definition("added", "one"));

        List<AuditRow> added = rows().subList(0, rows().size() - before);
        assertThat(added).extracting(AuditRow::actor).containsOnly("node:b");
        assertThat(added)
                .extracting(AuditRow::action, AuditRow::object)
                .containsExactly(
                        tuple("definition.removed", "definition removed"),
                        tuple("definition.changed", "definition changed"),
                        tuple("definition.added", "definition added"),
                        tuple("node.started", "node b"));
        AuditRow changed = added.get(1);
        assertThat(changed.before()).matches("[0-9a-f]{64}").isNotEqualTo(changed.after());
        assertThat(changed.after()).matches("[0-9a-f]{64}");
        assertThat(rows().get(added.size()))
                .extracting(AuditRow::action, AuditRow::actor)
                .containsExactly("node.stopped", "node:a");
    }

    private static Definition definition(String name, String endpoint) {
        return RunBuilder.aRun().of(name).on(endpoint).build().definition();
    }

    private NodeAudit start(String node, Definition... definitions) {
        NodeAudit audit = new NodeAudit(
                database.jdbc(),
                new Transactions(database.transactions()),
                new AuditLog(database.jdbc(), new Node(node), InstantSource.system()),
                new Definitions(Path.of("."), Arrays.asList(definitions), List.of()));
        audit.start();
        return audit;
    }
}
