package dev.bes.cli.run;

import dev.bes.api.run.ScoringJson;
import dev.bes.api.run.ScoringJson.OutputJson;
import dev.bes.cli.output.ProgressBar;
import dev.bes.cli.output.Table;
import dev.bes.cli.session.CommandFailedException;
import dev.bes.cli.session.ExitCode;
import dev.bes.cli.session.Session;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code bes download}: fetches the outputs of a run. */
@Command(
        name = "download",
        description = {
            "Downloads the outputs of a run as run-RUN-SCORING-OUTPUT.csv, and checks their SHA-256.",
            "A file appears when it is complete. Files that exist are not replaced without --force."
        },
        footer = {
            "  bes download 4711",
            "  bes download 4711 --into results --force",
            "  bes download 4711 --scoring 3 --output output1"
        })
public final class DownloadCommand implements Callable<Integer> {
    private static final Duration ANSWER = Duration.ofMinutes(2);
    /** The slowest connection that is waited for. */
    private static final long BYTES_PER_SECOND = 50_000;

    private static final Table<Download> DOWNLOADS = Table.<Download>of()
            .with("file", download -> download.target().toString())
            .with("rows", download -> download.output().rows())
            .with("bytes", download -> download.output().bytes())
            .with("sha256", download -> download.output().sha256());

    private final Session session;

    @Parameters(paramLabel = "RUN", description = "The number of the run.")
    private long run;

    @Option(names = "--into", paramLabel = "FOLDER", description = "Where to put the files. Default: here.")
    private Path folder = Path.of("");

    @Option(names = "--scoring", paramLabel = "N", description = "Only the outputs of this scoring.")
    private @Nullable Integer scoring;

    @Option(names = "--output", paramLabel = "NAME", description = "Only the outputs of this name.")
    private @Nullable String output;

    @Option(names = "--force", description = "Replaces files that exist.")
    private boolean force;

    /** The command, over a session. */
    public DownloadCommand(Session session) {
        this.session = session;
    }

    private record Download(int scoring, String name, OutputJson output, Path target) {}

    /** What was fetched, for JSON and YAML. */
    record FetchedJson(String file, long rows, long bytes, String sha256) {}

    @Override
    public Integer call() throws IOException {
        List<Download> downloads =
                new Scorings(session.api()).of(run).flatMap(this::downloads).toList();
        if (downloads.isEmpty()) {
            throw CommandFailedException.failed("Run %d has no such output (bes show %d)".formatted(run, run));
        }
        refuseToReplace(downloads);
        Files.createDirectories(folder.toAbsolutePath());
        List<FetchedJson> fetched = new ArrayList<>();
        for (Download download : downloads) {
            fetch(download);
            OutputJson of = download.output();
            fetched.add(new FetchedJson(download.target().toString(), of.rows(), of.bytes(), of.sha256()));
        }
        session.printer().rows(fetched, downloads, DOWNLOADS, "");
        return ExitCode.FINISHED;
    }

    private Stream<Download> downloads(ScoringJson one) {
        if (scoring != null && scoring != one.position()) {
            return Stream.empty();
        }
        return one.outputs().entrySet().stream()
                .filter(entry -> output == null || output.equals(entry.getKey()))
                .map(entry -> new Download(
                        one.position(),
                        entry.getKey(),
                        entry.getValue(),
                        folder.resolve(fileName(one.position(), entry.getKey()))));
    }

    /** A name of our own: what the server says never becomes a path. */
    private String fileName(int position, String name) {
        return "run-%d-%d-%s.csv".formatted(run, position, name.replaceAll("[^A-Za-z0-9_-]", "_"));
    }

    private void refuseToReplace(List<Download> downloads) {
        for (Download download : downloads) {
            long alike = downloads.stream()
                    .filter(other -> other.target().equals(download.target()))
                    .count();
            if (alike > 1) {
                throw CommandFailedException.failed(
                        "Several outputs would become %s: choose one with --output".formatted(download.target()));
            }
            if (!force && Files.exists(download.target(), LinkOption.NOFOLLOW_LINKS)) {
                throw CommandFailedException.failed(
                        "%s exists: add --force to replace it, or --into another folder".formatted(download.target()));
            }
        }
    }

    private void fetch(Download download) throws IOException {
        long bytes = download.output().bytes();
        try (ProgressBar bar = session.progressBar();
                VerifiedFile file =
                        new VerifiedFile(download.target(), download.output().sha256(), bytes)) {
            session.client()
                    .withTimeout(ANSWER.plusSeconds(bytes / BYTES_PER_SECOND))
                    .output(
                            run,
                            download.scoring(),
                            download.name(),
                            in -> file.write(
                                    in,
                                    done -> bar.show(
                                            download.target().getFileName().toString(),
                                            done,
                                            bytes,
                                            ProgressBar.size(done) + " of " + ProgressBar.size(bytes))));
            file.keep(force);
        }
    }
}
