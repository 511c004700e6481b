// Shows a notice when the page is out of date, and when an action failed.
(function () {
    'use strict';

    var MAX_AGE_MS = 45000;
    var stale = document.getElementById('stale');
    var refused = document.getElementById('refused');
    var lastUpdate = new Date();

    function utc(time) {
        return time.toISOString().slice(0, 19).replace('T', ' ') + ' UTC';
    }

    function showStale(why) {
        var text = 'This page was last updated at ' + utc(lastUpdate) + ' and may be out of date: ' + why + '. It keeps trying to update.';
        if (stale.textContent !== text) {
            stale.textContent = text;
        }
        stale.hidden = false;
    }

    function showRefused(why) {
        refused.textContent = 'The action failed, or its outcome is unknown: ' + why + '. Check the state before you repeat it.';
        refused.hidden = false;
    }

    function detailOf(xhr) {
        try {
            return JSON.parse(xhr.responseText).detail || '';
        } catch (e) {
            return '';
        }
    }

    function failed(event, why) {
        if (event.detail.requestConfig && event.detail.requestConfig.verb !== 'get') {
            showRefused(why);
        } else {
            showStale(why);
        }
    }

    document.addEventListener('htmx:responseError', function (event) {
        var xhr = event.detail.xhr;
        var detail = detailOf(xhr).replace(/\.$/, '');
        failed(event, 'the service answered with status ' + xhr.status + (detail ? ' (' + detail + ')' : ''));
    });
    document.addEventListener('htmx:sendError', function (event) {
        failed(event, 'the service can\'t be reached');
    });
    document.addEventListener('htmx:timeout', function (event) {
        failed(event, 'the service did not answer in time');
    });

    document.addEventListener('htmx:beforeSwap', function (event) {
        if (event.detail.isError) {
            return;
        }
        // the answer of a proxy or of a login page would replace the page
        if (event.detail.xhr.responseText.indexOf('id="' + event.detail.target.id + '"') < 0) {
            event.detail.shouldSwap = false;
            failed(event, 'the answer is not from this service');
            return;
        }
        lastUpdate = new Date();
        stale.hidden = true;
    });

    setInterval(function () {
        var live = document.getElementById('live');
        if (live && live.hasAttribute('hx-trigger') && !document.hidden && Date.now() - lastUpdate.getTime() > MAX_AGE_MS) {
            showStale('no newer data has arrived');
        }
    }, 5000);
})();
