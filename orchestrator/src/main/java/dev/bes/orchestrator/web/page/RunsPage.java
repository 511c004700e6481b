package dev.bes.orchestrator.web.page;

import dev.bes.orchestrator.account.Access;
import dev.bes.orchestrator.account.Role;
import dev.bes.orchestrator.run.State;
import dev.bes.orchestrator.run.query.RunFilter;
import dev.bes.orchestrator.run.query.RunReader;
import dev.bes.orchestrator.run.query.RunView;
import dev.bes.orchestrator.web.format.Formats;
import dev.bes.orchestrator.web.format.RelativeTimes;
import dev.bes.orchestrator.web.request.RunQuery;
import dev.bes.orchestrator.web.security.Requires;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;

/** The page of all runs. */
@Controller
final class RunsPage {
    private static final int LENGTH = 50;

    private final RunReader reader;
    private final RelativeTimes relativeTimes;

    RunsPage(RunReader reader, RelativeTimes relativeTimes) {
        this.reader = reader;
        this.relativeTimes = relativeTimes;
    }

    @GetMapping("/")
    @Requires(Role.VIEWER)
    String runs(@ModelAttribute("query") RunQuery query, Model model, Access access) {
        RunFilter filter = query.filter(access.scope(Role.VIEWER));
        List<RunView> read = reader.list(filter, LENGTH + 1);
        List<RunView> shown = read.subList(0, Math.min(LENGTH, read.size()));
        RunQuery next = read.size() > LENGTH ? query.before(shown.getLast().id()) : null;
        Map<State, Integer> totals = reader.totals(filter, Tab.COUNTED);
        List<RunRow> rows =
                shown.stream().map(run -> RunRow.of(run, relativeTimes)).toList();
        model.addAttribute("self", query.at("/"));
        model.addAttribute("rows", rows);
        model.addAttribute("older", next == null ? null : next.at("/"));
        model.addAttribute("tabs", Tab.of(query, totals));
        model.addAttribute("every", rows.stream().anyMatch(RunRow::live) ? "every 2s" : "every 10s");
        return "runs";
    }

    /**
     * A way to look at runs: all, or those in one state.
     *
     * @param name what it is called
     * @param href where it leads
     * @param count how many runs there are
     * @param current whether it is the one shown
     */
    record Tab(String name, String href, String count, boolean current) {
        /** Where counting stops: the page stays fast, and no reader needs a larger figure exactly. */
        static final int COUNTED = 10_000;

        static List<Tab> of(RunQuery query, Map<State, Integer> totals) {
            List<Tab> tabs = new ArrayList<>();
            int all = totals.values().stream().mapToInt(Integer::intValue).sum();
            tabs.add(of("All", null, all, query));
            Arrays.stream(State.values())
                    .map(state -> of(state.word(), state, totals.getOrDefault(state, 0), query))
                    .forEach(tabs::add);
            return tabs;
        }

        private static Tab of(String name, @Nullable State state, int count, RunQuery query) {
            String word = state == null ? null : state.word();
            String href = query.in(word).at("/");
            String shown = count >= COUNTED ? Formats.number(COUNTED) + "+" : Formats.number(count);
            return new Tab(name, href, shown, Objects.equals(word, query.state()));
        }
    }
}
