package dev.bes.sandbox.portal;

import dev.bes.sandbox.http.Reply;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.thymeleaf.TemplateEngine;
import org.thymeleaf.context.Context;
import org.thymeleaf.context.IExpressionContext;
import org.thymeleaf.linkbuilder.StandardLinkBuilder;
import org.thymeleaf.templatemode.TemplateMode;
import org.thymeleaf.templateresolver.ClassLoaderTemplateResolver;

/** Renders the templates of the portal. They are parsed once. */
public final class Pages {

    private final TemplateEngine engine = new TemplateEngine();

    /** Creates an engine over the templates in the class path's folder {@code portal}. */
    public Pages() {
        ClassLoaderTemplateResolver resolver = new ClassLoaderTemplateResolver(Pages.class.getClassLoader());
        resolver.setPrefix("portal/");
        resolver.setSuffix(".html");
        resolver.setTemplateMode(TemplateMode.HTML);
        resolver.setCharacterEncoding("UTF-8");
        engine.setTemplateResolver(resolver);
        engine.setLinkBuilder(new Links());
    }

    /**
     * A page.
     *
     * @param template the name of its file in {@code portal/}, without {@code .html}
     * @param model what the template shows, by name
     */
    public Reply page(String template, Map<String, ?> model) {
        return page(200, template, model);
    }

    /** A page with another status than 200. */
    public Reply page(int status, String template, Map<String, ?> model) {
        String html = engine.process(template, new Context(Locale.ROOT, Map.copyOf(model)));
        return html(status, html);
    }

    private static Reply html(int status, String html) {
        return new Reply(status, Map.of("Content-Type", "text/html; charset=utf-8", "Cache-Control", "no-store"), html);
    }

    /**
     * A part of a page, for a script that swaps it.
     *
     * @param template the name of its file
     * @param fragment the name of the {@code th:fragment} in it
     */
    public Reply fragment(String template, String fragment, Map<String, ?> model) {
        return html(200, part(template, fragment, model).html());
    }

    /**
     * A part of a page. A page inserts it with {@code th:utext}.
     *
     * @param template the name of its file
     * @param fragment the name of the {@code th:fragment} in it
     */
    public Markup part(String template, String fragment, Map<String, ?> model) {
        return new Markup(engine.process(template, Set.of(fragment), new Context(Locale.ROOT, Map.copyOf(model))));
    }

    /**
     * Escaped HTML, made by a template.
     *
     * @param html the text to insert as it is
     */
    public record Markup(String html) {}

    /**
     * 303 See Other: the page to show after an action.
     *
     * @param path a path of the portal, from the code and not from a request
     */
    public static Reply redirect(String path) {
        return new Reply(303, Map.of("Location", path, "Cache-Control", "no-store"), "");
    }

    Reply error(PageError error) {
        return page(
                error.status(),
                "error",
                Map.of("status", error.status(), "title", error.title(), "detail", error.detail()));
    }

    /** Paths are written in full: there is no servlet context to put before them. */
    private static final class Links extends StandardLinkBuilder {
        @Override
        protected String computeContextPath(
                IExpressionContext context, String base, @Nullable Map<String, Object> parameters) {
            return "";
        }
    }
}
