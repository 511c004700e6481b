package dev.bes.orchestrator.web.page.trigger;

import dev.bes.orchestrator.account.Access;
import dev.bes.orchestrator.account.Role;
import dev.bes.orchestrator.explain.Cause;
import dev.bes.orchestrator.explain.Cause.Reference;
import dev.bes.orchestrator.explain.Explanation;
import dev.bes.orchestrator.web.api.explain.ExplainQuery;
import dev.bes.orchestrator.web.api.explain.Explanations;
import dev.bes.orchestrator.web.format.RelativeTimes;
import dev.bes.orchestrator.web.format.RelativeTimes.Moment;
import dev.bes.orchestrator.web.security.Requires;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;

/** The page that explains why something did, or did not, run. */
@Controller
final class ExplainPage {
    private final Explanations explanations;
    private final RelativeTimes relativeTimes;

    ExplainPage(Explanations explanations, RelativeTimes relativeTimes) {
        this.explanations = explanations;
        this.relativeTimes = relativeTimes;
    }

    /** A cause, with what it is about. */
    record Row(
            String code,
            String text,
            @Nullable Moment since,
            @Nullable Moment until,
            List<Link> links) {}

    /**
     * A link to another page.
     *
     * @param kind which page: runs, files, definitions, schedules or pools
     * @param first the number of the run, the name of the file, the definition or the pool
     * @param second the name of the schedule; empty without one
     */
    record Link(String kind, String first, String second) {}

    @GetMapping("/explain")
    @Requires(Role.VIEWER)
    String explain(@ModelAttribute("query") ExplainQuery query, Model model, Access access) {
        if (!query.isEmpty()) {
            Explanation explanation = explanations.of(query, access);
            model.addAttribute("subject", explanation.subject());
            model.addAttribute("answer", explanation.answer());
            model.addAttribute(
                    "rows", explanation.causes().stream().map(this::row).toList());
        }
        return "explain";
    }

    private Row row(Cause cause) {
        return new Row(
                cause.code().word(),
                cause.text(),
                relativeTimes.ofNullable(cause.since()),
                relativeTimes.ofNullable(cause.until()),
                cause.references().stream()
                        .flatMap(ExplainPage::link)
                        .distinct()
                        .toList());
    }

    private static Stream<Link> link(Reference reference) {
        String name = reference.name();
        return switch (reference.kind()) {
            case RUN -> Stream.of(new Link("run", name, ""));
            case FILE -> Stream.of(new Link("file", name, ""));
            case DEFINITION -> Stream.of(new Link("definition", name, ""));
            case SCHEDULE, FIRES -> Stream.of(new Link("schedule", name.split("/", 2)[0], name.split("/", 2)[1]));
            case POOL -> Stream.of(new Link("pool", name, ""));
            case ENDPOINT, NODE -> Stream.of();
        };
    }
}
