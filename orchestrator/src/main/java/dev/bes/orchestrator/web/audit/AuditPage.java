package dev.bes.orchestrator.web.audit;

import dev.bes.orchestrator.account.Access;
import dev.bes.orchestrator.account.Role;
import dev.bes.orchestrator.audit.Action;
import dev.bes.orchestrator.audit.AuditReader;
import dev.bes.orchestrator.audit.AuditRow;
import dev.bes.orchestrator.web.security.Requires;
import java.util.Arrays;
import java.util.List;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;

/** The page of the audit, for administrators. */
@Controller
final class AuditPage {
    private static final int LENGTH = 100;

    private final AuditReader reader;

    AuditPage(AuditReader reader) {
        this.reader = reader;
    }

    @GetMapping("/audit")
    @Requires(Role.ADMIN)
    String audit(@ModelAttribute("query") AuditQuery query, Model model, Access access) {
        List<AuditRow> rows = reader.list(query.filter(access), LENGTH + 1);
        boolean more = rows.size() > LENGTH;
        List<AuditRow> shown = more ? rows.subList(0, LENGTH) : rows;
        model.addAttribute("rows", shown);
        model.addAttribute("older", more ? query.next("/audit", shown.getLast().id()) : null);
        model.addAttribute(
                "actions", Arrays.stream(Action.values()).map(Action::word).toList());
        return "audit";
    }
}
