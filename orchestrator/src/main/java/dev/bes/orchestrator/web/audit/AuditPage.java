package dev.bes.orchestrator.web.audit;

import dev.bes.api.installation.AuditJson.AuditEntryJson;
import dev.bes.orchestrator.account.Access;
import dev.bes.orchestrator.account.Role;
import dev.bes.orchestrator.audit.Action;
import dev.bes.orchestrator.audit.AuditReader;
import dev.bes.orchestrator.audit.AuditRow;
import dev.bes.orchestrator.web.list.ListQuery;
import dev.bes.orchestrator.web.list.Listed;
import dev.bes.orchestrator.web.security.Requires;
import java.util.Arrays;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;

/** The page of the audit, for administrators. */
@Controller
final class AuditPage {
    private final AuditReader reader;

    AuditPage(AuditReader reader) {
        this.reader = reader;
    }

    @GetMapping("/audit")
    @Requires(Role.ADMIN)
    @Listed(
            of = AuditEntryJson.class,
            items = "entries",
            sort = {"-at"},
            usual = 100,
            most = 200)
    String audit(@ModelAttribute("query") AuditQuery query, ListQuery list, Model model, Access access) {
        ListQuery.Page<AuditRow> page = AuditQuery.page(reader, query.filter(access), list);
        model.addAttribute("rows", page.items());
        model.addAttribute("older", page.next());
        model.addAttribute("newest", list.after() != null);
        model.addAttribute(
                "actions", Arrays.stream(Action.values()).map(Action::word).toList());
        return "audit";
    }
}
