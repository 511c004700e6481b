package dev.bes.sandbox.portal.developer;

import dev.bes.sandbox.http.Reply;
import dev.bes.sandbox.portal.PageRequest;
import dev.bes.sandbox.portal.Pages;
import dev.bes.sandbox.portal.Route;
import java.util.List;
import java.util.Map;

/** The pages of the APIs: what can be called, and how. */
public final class ApiPages {

    private final Pages pages;

    /** Creates the pages. */
    public ApiPages(Pages pages) {
        this.pages = pages;
    }

    /** The addresses of the pages. */
    public List<Route> routes() {
        return List.of(
                Route.get("/portal", request -> Pages.redirect("/portal/apis")),
                Route.get("/portal/", request -> Pages.redirect("/portal/apis")),
                Route.get("/portal/apis", this::apis));
    }

    private Reply apis(PageRequest request) {
        return pages.page("apis", Map.of());
    }
}
