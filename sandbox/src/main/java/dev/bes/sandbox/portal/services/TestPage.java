package dev.bes.sandbox.portal.services;

import dev.bes.sandbox.catalogue.WebService;
import dev.bes.sandbox.http.Handler;
import dev.bes.sandbox.http.Reply;
import dev.bes.sandbox.http.Request;
import dev.bes.sandbox.portal.PageRequest;
import dev.bes.sandbox.portal.Pages;
import java.net.http.HttpHeaders;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** Tests a service with one row, without API Management: the "Test" button of the guide. */
final class TestPage {

    private static final JsonMapper json = JsonMapper.builder().build();

    private final Pages pages;
    private final Handler services;

    /** @param services answers the calls to the port without API Management in front */
    TestPage(Pages pages, Handler services) {
        this.pages = pages;
        this.services = services;
    }

    Reply show(WebService service) {
        return page(service, TestForm.prefilled(service), Map.of());
    }

    Reply test(WebService service, PageRequest request) {
        TestForm form = TestForm.sent(service, request);
        Reply reply = services.handle(call(service, form));
        return page(service, form, Map.of("result", TestResult.of(reply)));
    }

    private static Request call(WebService service, TestForm form) {
        Map<String, List<String>> headers = Map.of(
                "Host", List.of("localhost"),
                "Content-Type", List.of("application/json"),
                "Authorization", List.of("Bearer " + service.apiKey()));
        return new Request(
                "http",
                "POST",
                service.path() + "/execute",
                Map.of("api-version", "2.0", "details", "true"),
                HttpHeaders.of(headers, (name, value) -> true),
                json.writeValueAsString(form.body()));
    }

    private Reply page(WebService service, TestForm form, Map<String, Object> result) {
        Map<String, Object> model = new HashMap<>(result);
        model.put("service", service);
        model.put("form", form);
        return pages.page("test", model);
    }
}
