package dev.bes.orchestrator.web.page;

import dev.bes.orchestrator.web.api.Troubles;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;

/** What every page shows around its own matter. */
@ControllerAdvice(assignableTypes = {RunsPage.class, RunPage.class, DefinitionsPage.class, ProblemsPage.class})
final class Frame {
    private final Troubles troubles;

    Frame(Troubles troubles) {
        this.troubles = troubles;
    }

    /** How many problems there are. */
    @ModelAttribute("problems")
    int problems() {
        return troubles.count();
    }
}
