package dev.bes.orchestrator.web.page;

import dev.bes.orchestrator.account.Access;
import dev.bes.orchestrator.web.api.AttentionItems;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;

/** Adds the attributes that the layout of every page needs. */
@ControllerAdvice(assignableTypes = {RunsPage.class, RunPage.class, DefinitionsPage.class, AttentionPage.class})
final class PageModelAdvice {
    private final AttentionItems attentionItems;

    PageModelAdvice(AttentionItems attentionItems) {
        this.attentionItems = attentionItems;
    }

    /** How many items need attention. */
    @ModelAttribute("attentionCount")
    int attentionCount(Access access) {
        return attentionItems.count(access);
    }
}
