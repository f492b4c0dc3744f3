// The one thing here that does not work without a script: the browser makes and shows passkeys (WebAuthn). A form says what is asked, or where to
// ask; the answer goes into its field and the form is sent as any other.

const bytes = text => Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), c => c.charCodeAt(0))
const text = buffer => btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
const keys = list => (list ?? []).map(key => ({ ...key, id: bytes(key.id) }))

async function make (asked) {
  const key = await navigator.credentials.create({
    publicKey: {
      ...asked,
      challenge: bytes(asked.challenge),
      user: { ...asked.user, id: bytes(asked.user.id) },
      excludeCredentials: keys(asked.excludeCredentials)
    }
  })
  return answer(key, {
    attestationObject: text(key.response.attestationObject),
    transports: key.response.getTransports?.() ?? []
  })
}

async function show (asked) {
  const key = await navigator.credentials.get({
    publicKey: { ...asked, challenge: bytes(asked.challenge), allowCredentials: keys(asked.allowCredentials) }
  })
  const { authenticatorData, signature, userHandle } = key.response
  return answer(key, {
    authenticatorData: text(authenticatorData),
    signature: text(signature),
    userHandle: userHandle ? text(userHandle) : null
  })
}

function answer (key, response) {
  return JSON.stringify({
    id: key.id,
    rawId: text(key.rawId),
    type: key.type,
    clientExtensionResults: {},
    response: { clientDataJSON: text(key.response.clientDataJSON), ...response }
  })
}

async function ask (form) {
  if (form.dataset.passkeyNew) {
    return make(JSON.parse(form.dataset.passkeyNew))
  }
  const asked = await fetch(form.dataset.passkeyAsk, { cache: 'no-store' })
  if (!asked.ok) {
    throw new Error('not asked')
  }
  return show(await asked.json())
}

function offer (form) {
  const [button, failed] = [form.querySelector('button'), form.querySelector('[data-passkey-failed]')]
  form.hidden = false
  form.addEventListener('submit', async event => {
    event.preventDefault()
    failed.hidden = button.disabled = true
    try {
      form.elements.Credential.value = await ask(form)
      form.submit()
    } catch {
      // Whoever closed the browser's question may press again.
      failed.hidden = button.disabled = false
    }
  })
}

export function offerPasskeys () {
  if (!window.PublicKeyCredential) {
    return
  }
  document.querySelectorAll('[data-passkey-without]').forEach(words => { words.hidden = true })
  document.querySelectorAll('form[data-passkey]').forEach(offer)
}
