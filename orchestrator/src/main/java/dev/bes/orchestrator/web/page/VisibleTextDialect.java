package dev.bes.orchestrator.web.page;

import dev.bes.orchestrator.text.VisibleText;
import java.util.Set;
import org.springframework.stereotype.Component;
import org.thymeleaf.dialect.IPostProcessorDialect;
import org.thymeleaf.engine.AbstractTemplateHandler;
import org.thymeleaf.model.IAttribute;
import org.thymeleaf.model.IOpenElementTag;
import org.thymeleaf.model.IProcessableElementTag;
import org.thymeleaf.model.IStandaloneElementTag;
import org.thymeleaf.model.IText;
import org.thymeleaf.postprocessor.IPostProcessor;
import org.thymeleaf.postprocessor.PostProcessor;
import org.thymeleaf.templatemode.TemplateMode;

/**
 * Shows on every page what can't be seen in a text, so that no template can forget it. What forms send back and where links
 * lead stays as it is.
 */
@Component
final class VisibleTextDialect implements IPostProcessorDialect {
    private static final int PRECEDENCE = 1_000;
    private static final Set<String> READ_BY_PEOPLE = Set.of("title", "aria-label", "placeholder");

    @Override
    public String getName() {
        return "visible text";
    }

    @Override
    public int getDialectPostProcessorPrecedence() {
        return PRECEDENCE;
    }

    @Override
    public Set<IPostProcessor> getPostProcessors() {
        return Set.of(new PostProcessor(TemplateMode.HTML, Handler.class, PRECEDENCE));
    }

    /** Goes through a page while it is written; the engine makes one for each. */
    public static final class Handler extends AbstractTemplateHandler {
        @Override
        public void handleText(IText text) {
            String raw = text.getText();
            String visible = VisibleText.lines(raw);
            super.handleText(
                    visible.equals(raw) ? text : getContext().getModelFactory().createText(visible));
        }

        @Override
        public void handleOpenElement(IOpenElementTag tag) {
            super.handleOpenElement(visible(tag));
        }

        @Override
        public void handleStandaloneElement(IStandaloneElementTag tag) {
            super.handleStandaloneElement(visible(tag));
        }

        private <T extends IProcessableElementTag> T visible(T tag) {
            T shown = tag;
            for (String name : READ_BY_PEOPLE) {
                IAttribute attribute = tag.getAttribute(name);
                String value = attribute == null ? null : attribute.getValue();
                if (value != null && !VisibleText.lines(value).equals(value)) {
                    shown = getContext().getModelFactory().setAttribute(shown, name, VisibleText.lines(value));
                }
            }
            return shown;
        }
    }
}
