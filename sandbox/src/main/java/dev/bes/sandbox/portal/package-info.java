/**
 * The pages of the sandbox, below {@code /portal/} on the direct port: Thymeleaf templates in the layout and the style of the
 * orchestrator's pages.
 *
 * <p>To add a page:
 *
 * <ol>
 *   <li>Put a template into {@code src/main/resources/portal/}. It replaces itself by the layout, with its title, its entry of
 *       the navigation ({@code apis}, {@code dashboard}, {@code services} or {@code subscriptions}) and its content:
 *       {@code <html th:replace="~{layout :: page('Dashboard', 'dashboard', ~{::article})}">}.
 *   <li>Write a class with a method that returns its {@link dev.bes.sandbox.portal.Route}s, for example
 *       {@code List.of(Route.get("/portal/dashboard", this::show), Route.post("/portal/subscriptions/{sid}/cancel", this::cancel))}.
 *       A {@link dev.bes.sandbox.portal.Page} answers with {@link dev.bes.sandbox.portal.Pages#page(String, java.util.Map)},
 *       or after a POST with {@link dev.bes.sandbox.portal.Pages#redirect(String)}.
 *   <li>Add its routes to the portal in {@code Sandbox}.
 * </ol>
 *
 * <p>{@link dev.bes.sandbox.portal.Portal} checks the host and the origin of each request, and limits its size. A page throws
 * {@link dev.bes.sandbox.portal.PageError} for an error page. Templates show text with {@code th:text}, never with
 * {@code th:utext}, but for a {@link dev.bes.sandbox.portal.Pages.Markup}; they have no inline style or script, since the Content-Security-Policy forbids both. Links are written
 * {@code @{/portal/services/{id}(id=${service.id})}}. An element {@code id="live"} with {@code hx-get}, {@code hx-trigger="every
 * 2s"}, {@code hx-select="#live"} and {@code hx-swap="outerHTML"} updates itself; every page works without script, too.
 */
@NullMarked
package dev.bes.sandbox.portal;

import org.jspecify.annotations.NullMarked;
