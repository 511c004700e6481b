package dev.bes.orchestrator.web.page;

import dev.bes.orchestrator.account.Access;
import dev.bes.orchestrator.account.Role;
import dev.bes.orchestrator.run.query.AttentionView;
import dev.bes.orchestrator.run.query.RetryingView;
import dev.bes.orchestrator.web.api.AttentionItems;
import dev.bes.orchestrator.web.format.RelativeTimes;
import dev.bes.orchestrator.web.format.RelativeTimes.Moment;
import dev.bes.orchestrator.web.problem.ProblemKind;
import dev.bes.orchestrator.web.security.Public;
import dev.bes.orchestrator.web.security.Requires;
import java.util.List;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** Serves the page of what needs attention, and the page of problem types. */
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
     * A live scoring that is retried after a failure.
     *
     * @param run its run
     * @param position its number in the run
     * @param endpoint its endpoint
     * @param cause why the last call failed
     * @param failedCalls failed calls in a row
     * @param due when it is retried
     */
    record WaitingRow(long run, int position, String endpoint, String cause, int failedCalls, Moment due) {}

    /**
     * An entry of a drop folder that is not taken.
     *
     * @param folder folder that contains it
     * @param name its name
     * @param reason why, and what to do
     * @param since when it was first found
     */
    record NotTakenRow(String folder, String name, String reason, Moment since) {}

    /**
     * A dropped file that was changed after it had been scored.
     *
     * @param run the run that scored its earlier content
     * @param name its name
     * @param path its path
     * @param at when the change was detected
     */
    record ChangedRow(long run, String name, String path, Moment at) {}

    /**
     * Work on a container that fails and is tried again.
     *
     * @param what what fails
     * @param reason why, and what to do
     * @param since when it was first found
     */
    record ContainerRow(String what, String reason, Moment since) {}

    @GetMapping("/attention")
    @Requires(Role.VIEWER)
    String attention(Model model, Access access) {
        List<WaitingRow> waiting =
                attentionItems.waiting(access).stream().map(this::row).toList();
        model.addAttribute("remote", remote.failing());
        List<AttentionView> needsAttention = attentionItems.needsAttention(access);
        model.addAttribute("needsAttention", needsAttention);
        model.addAttribute("resumable", attentionItems.resumable(access, needsAttention));
        model.addAttribute("waiting", waiting);
        model.addAttribute(
                "failed",
                attentionItems.failed(access).stream()
                        .map(run -> RunRow.of(run, relativeTimes))
                        .toList());
        model.addAttribute(
                "notTaken",
                attentionItems.notTaken(access).stream()
                        .map(left -> new NotTakenRow(
                                left.folder(), left.name(), left.reason(), relativeTimes.of(left.since())))
                        .toList());
        model.addAttribute("notTakenCount", attentionItems.notTakenCount(access));
        model.addAttribute(
                "changed",
                attentionItems.changed(access).stream()
                        .map(file -> new ChangedRow(file.run(), file.shown(), file.path(), relativeTimes.of(file.at())))
                        .toList());
        model.addAttribute(
                "containers",
                attentionItems.failingContainers(access).stream()
                        .map(failure ->
                                new ContainerRow(failure.what(), failure.reason(), relativeTimes.of(failure.since())))
                        .toList());
        model.addAttribute("every", waiting.isEmpty() ? "every 10s" : "every 2s");
        return "attention";
    }

    @GetMapping("/docs/problems")
    @Public
    String problemTypes(Model model) {
        model.addAttribute("kinds", ProblemKind.values());
        return "problem-types";
    }

    private WaitingRow row(RetryingView waiting) {
        return new WaitingRow(
                waiting.run(),
                waiting.position(),
                waiting.endpoint(),
                waiting.cause(),
                waiting.failures(),
                relativeTimes.of(waiting.dueAt()));
    }
}
