package dev.bes.cli.service;

import dev.bes.api.installation.AttentionJson;
import dev.bes.api.run.RunJson;
import dev.bes.cli.output.Colour;
import dev.bes.cli.output.Table;
import dev.bes.cli.session.ExitCode;
import dev.bes.cli.session.Session;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;

/** {@code bes attention}: what needs attention now. */
@Command(
        name = "attention",
        description = {
            "Lists what needs attention: scorings that wait for a decision or are retried, runs that failed in the last 24"
                    + " hours, dropped files that are not taken or were changed, containers that can not be listed.",
            "Exit code 4 if a scoring waits for a decision."
        },
        footer = {"  bes attention", "  bes attention -o csv"})
public final class AttentionCommand implements Callable<Integer> {
    private static final Table<Item> ITEMS = Table.<Item>of()
            .with("run", Item::run)
            .with("scoring", Item::scoring)
            .with("what", Item::what, Item::colour)
            .with("why", Item::why);

    private final Session session;

    /** The command, over a session. */
    public AttentionCommand(Session session) {
        this.session = session;
    }

    private record Item(
            @Nullable Long run,
            @Nullable Integer scoring,
            String what,
            @Nullable String why,
            Colour colour) {}

    @Override
    public Integer call() {
        AttentionJson attention = session.api().attention();
        session.printer().rows(attention, items(attention), ITEMS, "Nothing needs attention.");
        return attention.needsAttention().isEmpty() ? ExitCode.FINISHED : ExitCode.ATTENTION;
    }

    private static List<Item> items(AttentionJson all) {
        return Stream.of(
                        items(
                                all.needsAttention(),
                                one -> new Item(
                                        one.run(),
                                        one.position(),
                                        "needs a decision: " + one.attention(),
                                        one.cause(),
                                        Colour.YELLOW)),
                        items(
                                all.waiting(),
                                one -> new Item(one.run(), one.position(), "is retried", one.cause(), Colour.NONE)),
                        items(all.failed(), AttentionCommand::failed),
                        items(
                                all.notTaken(),
                                one -> new Item(
                                        null,
                                        null,
                                        "not taken: " + one.folder() + "/" + one.name(),
                                        one.reason(),
                                        Colour.YELLOW)),
                        items(
                                all.failingContainers(),
                                one -> new Item(null, null, one.what() + " fails", one.reason(), Colour.YELLOW)),
                        items(
                                all.changed(),
                                one -> new Item(one.run(), null, "changed after scoring", one.path(), Colour.YELLOW)))
                .flatMap(Function.identity())
                .toList();
    }

    private static Item failed(RunJson run) {
        return new Item(run.id(), null, "failed", run.cause(), Colour.RED);
    }

    private static <T> Stream<Item> items(List<T> some, Function<T, Item> item) {
        return some.stream().map(item);
    }
}
