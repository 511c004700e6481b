package dev.bes.orchestrator.web.page;

import dev.bes.orchestrator.web.api.AttentionItems;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;

/** What every page shows around its own matter. */
@ControllerAdvice(assignableTypes = {RunsPage.class, RunPage.class, DefinitionsPage.class, AttentionPage.class})
final class PageModelAdvice {
    private final AttentionItems attentionItems;

    PageModelAdvice(AttentionItems attentionItems) {
        this.attentionItems = attentionItems;
    }

    /** How many problems there are. */
    @ModelAttribute("problems")
    int problems() {
        return attentionItems.count();
    }
}
