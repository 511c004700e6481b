package dev.bes.sandbox.managedapi.read;

/** Finds policy expressions and named values, which the sandbox does not evaluate. */
final class Expressions {

    private static final String SUBSCRIPTION_ID = "@(context.Subscription.Id)";
    private static final String IP_ADDRESS = "@(context.Request.IpAddress)";

    private Expressions() {}

    /** Whether an attribute or text is an expression or has a named value. */
    static boolean isOne(String text) {
        return text.startsWith("@(") || text.startsWith("@{") || text.contains("{{");
    }

    static boolean isSubscriptionId(String text) {
        return text.replaceAll("\\s", "").equals(SUBSCRIPTION_ID);
    }

    static boolean isIpAddress(String text) {
        return text.replaceAll("\\s", "").equals(IP_ADDRESS);
    }

    /** Reports the expressions of an element and of the elements in it. */
    static void check(XmlElement element) {
        element.attributes().forEach((name, attribute) -> {
            String value = attribute.value();
            if (isOne(value) && !(name.equals("counter-key") && (isSubscriptionId(value) || isIpAddress(value)))) {
                element.report(name, problem(value), advice());
            }
        });
        if (isOne(element.text())) {
            element.report(problem(element.text()), advice());
        }
        element.children().forEach(Expressions::check);
    }

    private static String problem(String value) {
        return value.startsWith("@")
                ? "the sandbox does not evaluate the policy expression " + value
                : "the sandbox has no named values, as in " + value;
    }

    private static String advice() {
        return "write a fixed value; the only expressions are " + SUBSCRIPTION_ID + " and " + IP_ADDRESS
                + " as counter-key";
    }
}
