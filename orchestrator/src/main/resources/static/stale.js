// Says so when a page that refreshes itself shows something old, and when what somebody asked for was not done.
(function () {
    'use strict';

    var PATIENCE_MS = 45000;
    var stale = document.getElementById('stale');
    var refused = document.getElementById('refused');
    var good = new Date();

    function utc(time) {
        return time.toISOString().slice(0, 19).replace('T', ' ') + ' UTC';
    }

    function tellStale(why) {
        var text = 'What is shown is from ' + utc(good) + ' and may be old: ' + why + '. It is asked again and again.';
        if (stale.textContent !== text) {
            stale.textContent = text;
        }
        stale.hidden = false;
    }

    function tellRefused(why) {
        refused.textContent = 'This was not done, or it is not known whether it was: ' + why + '. Look before you repeat it.';
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
            tellRefused(why);
        } else {
            tellStale(why);
        }
    }

    document.addEventListener('htmx:responseError', function (event) {
        var xhr = event.detail.xhr;
        var detail = detailOf(xhr).replace(/\.$/, '');
        failed(event, 'the service answers with status ' + xhr.status + (detail ? ' (' + detail + ')' : ''));
    });
    document.addEventListener('htmx:sendError', function (event) {
        failed(event, 'the service can\'t be reached');
    });
    document.addEventListener('htmx:timeout', function (event) {
        failed(event, 'the service does not answer in time');
    });

    document.addEventListener('htmx:beforeSwap', function (event) {
        if (event.detail.isError) {
            return;
        }
        // a proxy or a login page in our place would wipe the page
        if (event.detail.xhr.responseText.indexOf('id="live"') < 0) {
            event.detail.shouldSwap = false;
            failed(event, 'something else than the service answers');
            return;
        }
        good = new Date();
        stale.hidden = true;
    });

    setInterval(function () {
        var live = document.getElementById('live');
        if (live && live.hasAttribute('hx-trigger') && !document.hidden && Date.now() - good.getTime() > PATIENCE_MS) {
            tellStale('nothing newer has come');
        }
    }, 5000);
})();
