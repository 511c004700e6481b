// Keeps opened details open, and the focus where it is, when a page updates itself.
(function () {
    'use strict';

    var open = [];
    var focused = null;

    document.addEventListener('htmx:beforeSwap', function () {
        open = Array.from(document.querySelectorAll('#live details[open]'), function (each) { return each.id; });
        focused = document.activeElement && document.activeElement.id;
    });

    document.addEventListener('htmx:afterSwap', function () {
        open.forEach(function (id) {
            var details = document.getElementById(id);
            if (details) {
                details.open = true;
            }
        });
        var element = focused && document.getElementById(focused);
        if (element && element !== document.activeElement) {
            element.focus({preventScroll: true});
        }
    });
})();
