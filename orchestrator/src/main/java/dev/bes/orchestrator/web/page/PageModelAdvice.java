package dev.bes.orchestrator.web.page;

import dev.bes.orchestrator.account.Access;
import dev.bes.orchestrator.account.Role;
import dev.bes.orchestrator.web.api.AttentionItems;
import dev.bes.orchestrator.web.security.SecuritySettings;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;

/** Adds the attributes that the layout of every page needs. */
@ControllerAdvice(
        basePackages = {
            "dev.bes.orchestrator.web.page",
            "dev.bes.orchestrator.web.account",
            "dev.bes.orchestrator.web.audit"
        })
final class PageModelAdvice {
    private final AttentionItems attentionItems;
    private final SecuritySettings settings;

    PageModelAdvice(AttentionItems attentionItems, SecuritySettings settings) {
        this.attentionItems = attentionItems;
        this.settings = settings;
    }

    /** How many items need attention. */
    @ModelAttribute("attentionCount")
    int attentionCount(Access access) {
        return access.maySomewhere(Role.VIEWER) ? attentionItems.count(access) : 0;
    }

    /** Who looks at the page. */
    @ModelAttribute("visitor")
    Visitor visitor(Access access) {
        return new Visitor(access, settings.mode());
    }
}
