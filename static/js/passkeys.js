// Asks the browser for a passkey and sends what it says. The form stays hidden where the browser knows none.
(function () {
  'use strict'
  var form = document.querySelector('form[data-passkey]')
  if (!form || !window.PublicKeyCredential) return
  var does = form.dataset.passkey
  var failed = form.querySelector('[role=alert]')

  function given () {
    return JSON.parse(document.getElementById('js_data').textContent)
  }

  function add () {
    var options = JSON.parse(JSON.stringify(given().creation_options))
    var alone = form.querySelector('[name=passwordless]').checked
    var chosen = options.publicKey.authenticatorSelection
    chosen.residentKey = alone ? 'required' : 'discouraged'
    chosen.requireResidentKey = alone
    if (alone) chosen.userVerification = 'required'
    return window.webauthnJSON.create(options)
  }

  function signIn () {
    return fetch(form.action, { headers: { Accept: 'application/json' } })
      .then(function (response) { return response.json() })
      .then(function (data) { return window.webauthnJSON.get(data.request_options) })
  }

  function show () {
    return window.webauthnJSON.get(given().request_options)
  }

  form.addEventListener('submit', function (event) {
    event.preventDefault()
    failed.hidden = true
    var asked = { add: add, 'sign-in': signIn, show: show }[does]
    asked().then(function (credential) {
      form.querySelector('[name=credential]').value = JSON.stringify(credential)
      form.submit()
    }).catch(function () {
      // The person closed the browser's window, or the device has no passkey of theirs.
      failed.hidden = false
    })
  })
  form.hidden = false
  var without = document.getElementById('no-passkeys')
  if (without) without.hidden = true
})()
