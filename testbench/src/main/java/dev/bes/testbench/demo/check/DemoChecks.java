package dev.bes.testbench.demo.check;

import dev.bes.api.client.AcceptedRun;
import dev.bes.api.run.RunDetailJson;
import dev.bes.api.run.RunJson;
import dev.bes.api.run.ScoringJson.OutputJson;
import dev.bes.testbench.demo.environment.CsvFile;
import dev.bes.testbench.demo.environment.DemoKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** The checks at the end of the demo. Each reads the API, the disk or the journal of the sandbox. */
public final class DemoChecks {

    private static final List<String> TRIGGERS = List.of("files", "request", "schedule");

    private DemoChecks() {}

    /** Each trigger made one run. */
    public static Check oneRunPerTrigger(List<RunDetailJson> runs) {
        List<String> triggers =
                runs.stream().map(detail -> detail.run().trigger()).sorted().toList();
        return Check.that("Three runs, one of each trigger", triggers.equals(TRIGGERS), String.join(", ", triggers));
    }

    /** All runs are finished. */
    public static Check allFinished(List<RunDetailJson> runs) {
        List<String> states = runs.stream().map(detail -> state(detail.run())).toList();
        boolean holds = !states.isEmpty() && states.stream().allMatch("Finished"::equals);
        return Check.that("All runs are Finished", holds, String.join(", ", states));
    }

    /** A delivered file has as many rows as the input. */
    public static Check sameRows(CsvFile delivered, CsvFile input) {
        return Check.that(
                "Rows out = rows in, counted in " + delivered.name(),
                delivered.rows() == input.rows() && input.rows() > 0,
                delivered.rows() + " of " + input.rows());
    }

    /** A delivered file has all columns of the input, then the hashed ones. */
    public static Check hashedColumns(DemoKind kind, CsvFile delivered, CsvFile input) {
        List<String> wanted = new ArrayList<>(input.columns());
        IntStream.range(0, DemoKind.FEATURES).mapToObj(n -> kind.hashed() + n).forEach(wanted::add);
        long hashed = delivered.columns().stream()
                .filter(column -> column.startsWith(kind.hashed()))
                .count();
        return Check.that(
                "Header of " + delivered.name() + ": the input's columns, then the hashed ones",
                delivered.columns().equals(wanted),
                delivered.columns().size() - hashed + " + " + hashed);
    }

    /** The delivered files of a run have the hashes that the API gives. */
    public static Check delivered(RunDetailJson detail, List<CsvFile> files) {
        List<String> wanted = detail.scorings().stream()
                .flatMap(scoring -> scoring.outputs().values().stream())
                .map(OutputJson::sha256)
                .sorted()
                .toList();
        List<String> there = files.stream().map(CsvFile::sha256).sorted().toList();
        return Check.that(
                "Run " + detail.run().id() + " delivered what the API says, by SHA-256",
                !wanted.isEmpty() && there.equals(wanted),
                there.size() + " of " + wanted.size() + " files");
    }

    /** The dropped file is unchanged in the archive. */
    public static Check archived(Path dropped, List<Path> archive, Path sample) {
        boolean holds = !Files.exists(dropped) && archive.size() == 1 && sameContent(archive.getFirst(), sample);
        return Check.that(
                "The dropped file is unchanged in the archive",
                holds,
                archive.isEmpty() ? "the archive is empty" : archive.getFirst().getFileName());
    }

    /** The request that was sent twice made one run. */
    public static Check oneRunPerKey(AcceptedRun first, AcceptedRun second, List<RunDetailJson> runs) {
        List<Long> requested = runs.stream()
                .map(RunDetailJson::run)
                .filter(run -> run.trigger().equals("request"))
                .map(RunJson::id)
                .toList();
        boolean holds = requested.equals(List.of(first.id())) && second.id() == first.id() && second.replayed();
        return Check.that("The same Idempotency-Key made one run", holds, shown(first) + "; then " + shown(second));
    }

    /** A request that was accepted, in words. */
    public static String shown(AcceptedRun accepted) {
        return "run " + accepted.id() + (accepted.replayed() ? ", known already" : ", new");
    }

    private static String state(RunJson run) {
        String state = run.state().word();
        return run.cause() == null ? state : state + " (" + run.cause() + ")";
    }

    private static boolean sameContent(Path one, Path other) {
        try {
            return Files.mismatch(one, other) < 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
