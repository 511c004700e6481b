package dev.bes.testbench.chaos;

import dev.bes.testbench.chaos.Deed.Ask;
import dev.bes.testbench.chaos.Deed.Cancel;
import dev.bes.testbench.chaos.Deed.Drop;
import dev.bes.testbench.checker.DriverEntry;
import dev.bes.testbench.checker.DriverJournal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.commons.codec.digest.DigestUtils;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** Does what callers and producers do, and writes down what they asked for and what they were told. */
final class Traffic {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration TIMEOUT = Duration.ofSeconds(8);
    private static final Duration PAUSE = Duration.ofMillis(700);
    /** Files of requests and dropped files are told apart by their numbers. */
    private static final long DROPPED = 1_000_000;

    private final Stage stage;
    private final DriverJournal journal;
    private final InstantSource clock;
    private final Tally tally;
    private final AtomicBoolean over = new AtomicBoolean();

    Traffic(Stage stage, DriverJournal journal, InstantSource clock, Tally tally) {
        this.stage = stage;
        this.journal = journal;
        this.clock = clock;
        this.tally = tally;
    }

    /** Does one thing, and returns when it is done or given up. */
    void perform(Deed deed) {
        switch (deed) {
            case Ask ask -> ask(ask);
            case Drop drop -> drop(drop);
            case Cancel cancel -> cancel(cancel);
        }
    }

    /** Lets callers who repeat themselves give up. */
    void end() {
        over.set(true);
    }

    private void ask(Ask ask) {
        String key = "chaos-" + ask.number();
        Path file = file(key + ".csv", Content.csv(ask.number(), ask.rows()));
        journal.append(new DriverEntry.Asked(clock.instant(), ChaosDefinition.NAME, key));
        tally.count("request: "
                + ask.manner().name().toLowerCase(java.util.Locale.ROOT).replace('_', ' '));
        List<URI> nodes = ask.nodes().stream().map(n -> stage.node(n).url()).toList();
        switch (ask.manner()) {
            case PATIENT -> insist(nodes, file, key);
            case IN_PARALLEL -> inParallel(nodes, file, key);
            case AGAIN -> {
                insist(nodes, file, key);
                insist(nodes.reversed(), file, key);
            }
            case HANGS_UP -> {
                once(nodes.getFirst(), file, key, ask.patience());
                insist(nodes, file, key);
            }
            case GIVES_UP -> once(nodes.getFirst(), file, key, ask.patience());
        }
    }

    private void inParallel(List<URI> nodes, Path file, String key) {
        List<Thread> callers = nodes.stream()
                .map(node -> Thread.ofVirtual().start(() -> insist(List.of(node), file, key)))
                .toList();
        insist(nodes, file, key);
        callers.forEach(Traffic::await);
    }

    /** Asks one node after the other until one accepts. */
    private void insist(List<URI> nodes, Path file, String key) {
        try {
            Awaitility.await()
                    .atMost(PATIENCE)
                    .pollInSameThread()
                    .pollDelay(Duration.ZERO)
                    .pollInterval(PAUSE)
                    .until(() -> over.get() || nodes.stream().anyMatch(node -> once(node, file, key, TIMEOUT)));
        } catch (ConditionTimeoutException e) {
            tally.count("requests given up");
        }
    }

    private boolean once(URI node, Path file, String key, Duration timeout) {
        OptionalLong run = stage.api().ask(node, file, key, timeout);
        run.ifPresent(id -> journal.append(new DriverEntry.Acknowledged(clock.instant(), key, id)));
        return run.isPresent();
    }

    private void drop(Drop drop) {
        for (int number = drop.first(); number < drop.first() + drop.files(); number++) {
            String content = Content.csv(DROPPED + number, drop.rows());
            String name = "drop-" + number + ".csv";
            Path folder = stage.folder().inbox().resolve(ChaosDefinition.NAME);
            Path file = file(name, content);
            String sha256 = DigestUtils.sha256Hex(content);
            journal.append(new DriverEntry.FileDropped(
                    clock.instant(), ChaosDefinition.NAME, folder.toString(), name, sha256));
            try {
                Files.move(file, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            tally.count("file dropped");
        }
    }

    private void cancel(Cancel cancel) {
        URI node = stage.node(cancel.node()).url();
        List<Long> live = stage.api().liveRuns(node);
        if (live.isEmpty()) {
            return;
        }
        long run = live.get(cancel.which() % live.size());
        tally.count("cancel asked");
        if (stage.api().cancel(node, run)) {
            journal.append(new DriverEntry.CancelAcknowledged(clock.instant(), run));
        }
    }

    private Path file(String name, String content) {
        try {
            return Files.writeString(stage.folder().producer().resolve(name), content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void await(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
