package dev.bes.sandbox;

import dev.bes.sandbox.batchendpoints.token.TokenAuthority;
import dev.bes.sandbox.catalogue.Behaviour;
import dev.bes.sandbox.catalogue.ExampleRequest;
import dev.bes.sandbox.catalogue.WebService;
import dev.bes.sandbox.management.Subscription;
import java.io.PrintWriter;
import tools.jackson.databind.json.JsonMapper;

/** Prints the addresses, services and keys of a sandbox. */
final class Greeting {

    private static final JsonMapper json = JsonMapper.builder().build();

    private Greeting() {}

    static void print(Sandbox sandbox, PrintWriter out) {
        out.println("The sandbox is running. Press Ctrl-C to stop it.");
        out.println();
        out.println("  managed API  " + sandbox.managedUrl() + "   (API Management in front)");
        out.println("  direct       " + sandbox.directUrl() + "   (no API Management)");
        out.println("  management   " + sandbox.directUrl() + "/subscriptions/…/service/…   (token "
                + sandbox.managementToken() + ")");
        out.println("  endpoints    " + sandbox.directUrl()
                + "   (batch endpoints: token authority, ARM and data plane; client " + TokenAuthority.CLIENT_ID
                + ", the token above is its secret)");
        out.println("  portal       " + sandbox.portalUrl() + "   (developer portal: look and try)");
        out.println("  dashboard    " + sandbox.portalUrl() + "dashboard   (calls of the managed API)");
        sandbox.certificate().ifPresent(file -> out.println("  certificate  " + file.toAbsolutePath()));
        out.println("  journal      " + sandbox.journal().file().toAbsolutePath());
        out.println("  blob store   " + sandbox.blobConnectionString());
        out.println();
        out.println("Services, each with the key for `Authorization: Bearer`:");
        for (WebService service : sandbox.services()) {
            out.printf("  %-31s %s   %s%n", service.name(), service.path(), service.apiKey());
        }
        out.println();
        out.println("Subscriptions of the managed API, each with the key for `Ocp-Apim-Subscription-Key`:");
        for (Subscription subscription : sandbox.subscriptions()) {
            out.printf("  %-31s %-20s %s%n", subscription.sid(), subscription.scope(), subscription.primaryKey());
        }
        out.println();
        sandbox.services().stream()
                .filter(service -> service.behaviour() == Behaviour.SCORES)
                .findFirst()
                .ifPresent(service -> out.println(example(sandbox, service)));
        out.flush();
    }

    private static String example(Sandbox sandbox, WebService service) {
        String trust = sandbox.certificate()
                .map(file -> " --cacert '" + file.toAbsolutePath() + "'")
                .orElse("");
        String body = json.writeValueAsString(ExampleRequest.ofTables(service)).replace("'", "'\\''");
        return """
                Execute %s:
                  curl -s%s '%s%s/execute?api-version=2.0&details=true' \\
                    -H 'Ocp-Apim-Subscription-Key: %s' \\
                    -H 'Authorization: Bearer %s' \\
                    -d '%s'
                """.formatted(
                        service.name(),
                        trust,
                        sandbox.managedUrl(),
                        service.path(),
                        sandbox.subscription("unlimited").primaryKey(),
                        service.apiKey(),
                        body);
    }
}
