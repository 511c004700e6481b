package dev.bes.orchestrator.web.page;

import dev.bes.orchestrator.run.query.RetryingView;
import dev.bes.orchestrator.web.api.AttentionItems;
import dev.bes.orchestrator.web.format.RelativeTimes;
import dev.bes.orchestrator.web.format.RelativeTimes.Moment;
import dev.bes.orchestrator.web.problem.ProblemKind;
import java.util.List;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** The page of what is wrong now, and the page of what problems there can be. */
@Controller
final class AttentionPage {
    private final AttentionItems attentionItems;
    private final RemoteParts remote;
    private final RelativeTimes relativeTimes;

    AttentionPage(AttentionItems attentionItems, RemoteParts remote, RelativeTimes relativeTimes) {
        this.attentionItems = attentionItems;
        this.remote = remote;
        this.relativeTimes = relativeTimes;
    }

    /**
     * A live scoring in trouble.
     *
     * @param run its run
     * @param position its number in the run
     * @param endpoint its endpoint
     * @param cause what went wrong last
     * @param troubles failed calls in a row
     * @param due when it is tried next
     */
    record WaitingRow(long run, int position, String endpoint, String cause, int troubles, Moment due) {}

    /**
     * Something in a drop folder that is not taken.
     *
     * @param folder where it lies
     * @param name its name
     * @param reason why, and what to do
     * @param since when it was first seen so
     */
    record LeftRow(String folder, String name, String reason, Moment since) {}

    /**
     * A dropped file that lies apart.
     *
     * @param run the run that scored what it was
     * @param name its name
     * @param path where it lies
     * @param at when that was found out
     */
    record ChangedRow(long run, String name, String path, Moment at) {}

    @GetMapping("/problems")
    String problems(Model model) {
        List<WaitingRow> waiting =
                attentionItems.waiting().stream().map(this::row).toList();
        model.addAttribute("remote", remote.inTrouble());
        model.addAttribute("parked", attentionItems.parked());
        model.addAttribute("waiting", waiting);
        model.addAttribute(
                "failed",
                attentionItems.failed().stream()
                        .map(run -> RunRow.of(run, relativeTimes))
                        .toList());
        model.addAttribute(
                "notTaken",
                attentionItems.notTaken().stream()
                        .map(left ->
                                new LeftRow(left.folder(), left.name(), left.reason(), relativeTimes.of(left.since())))
                        .toList());
        model.addAttribute("notTakenCount", attentionItems.notTakenCount());
        model.addAttribute(
                "changed",
                attentionItems.changed().stream()
                        .map(file -> new ChangedRow(file.run(), file.shown(), file.path(), relativeTimes.of(file.at())))
                        .toList());
        model.addAttribute("every", waiting.isEmpty() ? "every 10s" : "every 2s");
        return "problems";
    }

    @GetMapping("/docs/problems")
    String kinds(Model model) {
        model.addAttribute("kinds", ProblemKind.values());
        return "kinds";
    }

    private WaitingRow row(RetryingView waiting) {
        return new WaitingRow(
                waiting.run(),
                waiting.position(),
                waiting.endpoint(),
                waiting.cause(),
                waiting.troubles(),
                relativeTimes.of(waiting.dueAt()));
    }
}
